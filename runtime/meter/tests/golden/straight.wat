;; Straight-line code is charged once, entry included; parameters and locals are weighed.
(module
  (func (export "f") (param i32 i32) (result i32)
    (local i64 i64)
    (local.set 2 (i64.const 7))
    (i32.add (local.get 0) (local.get 1))))

;;; metered
;; (module
;;   (type (;0;) (func (param i32 i32) (result i32)))
;;   (type (;1;) (func))
;;   (type (;2;) (func (param i32)))
;;   (global (;0;) (mut i64) i64.const 0)
;;   (global (;1;) (mut i32) i32.const 0)
;;   (global (;2;) (mut i32) i32.const 0)
;;   (global (;3;) (mut i32) i32.const 0)
;;   (export "f" (func 0))
;;   (export "modal:gas" (global 0))
;;   (export "modal:stack" (global 1))
;;   (export "modal:stack_low" (global 2))
;;   (export "modal:status" (global 3))
;;   (export "modal:start" (func 3))
;;   (func (;0;) (type 0) (param i32 i32) (result i32)
;;     (local i64 i64)
;;     global.get 1
;;     i32.const 22
;;     i32.sub
;;     global.set 1
;;     global.get 1
;;     global.get 2
;;     i32.lt_s
;;     if ;; label = @1
;;       call 2
;;     end
;;     block (result i32) ;; label = @1
;;       i64.const 7
;;       local.set 2
;;       local.get 0
;;       local.get 1
;;       i32.add
;;       global.get 0
;;       i64.const 6
;;       i64.sub
;;       global.set 0
;;     end
;;     global.get 1
;;     i32.const 22
;;     i32.add
;;     global.set 1
;;   )
;;   (func (;1;) (type 2) (param i32)
;;     local.get 0
;;     global.set 3
;;     unreachable
;;   )
;;   (func (;2;) (type 1)
;;     global.get 1
;;     i32.const 0
;;     i32.lt_s
;;     if ;; label = @1
;;       i32.const 2
;;       call 1
;;       unreachable
;;     end
;;     global.get 1
;;     global.set 2
;;   )
;;   (func (;3;) (type 1)
;;     global.get 0
;;     i64.const 0
;;     i64.lt_s
;;     if ;; label = @1
;;       i32.const 1
;;       call 1
;;       unreachable
;;     end
;;   )
;; )
