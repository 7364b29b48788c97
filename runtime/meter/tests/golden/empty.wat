(module)

;;; metered
;; (module
;;   (type (;0;) (func))
;;   (type (;1;) (func (param i32)))
;;   (global (;0;) (mut i64) i64.const 0)
;;   (global (;1;) (mut i32) i32.const 0)
;;   (global (;2;) (mut i32) i32.const 0)
;;   (global (;3;) (mut i32) i32.const 0)
;;   (export "modal:gas" (global 0))
;;   (export "modal:stack" (global 1))
;;   (export "modal:stack_low" (global 2))
;;   (export "modal:status" (global 3))
;;   (export "modal:start" (func 2))
;;   (func (;0;) (type 1) (param i32)
;;     local.get 0
;;     global.set 3
;;     unreachable
;;   )
;;   (func (;1;) (type 0)
;;     global.get 1
;;     i32.const 0
;;     i32.lt_s
;;     if ;; label = @1
;;       i32.const 2
;;       call 0
;;       unreachable
;;     end
;;     global.get 1
;;     global.set 2
;;   )
;;   (func (;2;) (type 0)
;;     global.get 0
;;     i64.const 0
;;     i64.lt_s
;;     if ;; label = @1
;;       i32.const 1
;;       call 0
;;       unreachable
;;     end
;;   )
;; )
