;; Every way out of a function gives its words back: return, a branch to the function's label, the end. A list of
;; several results needs a type. Code that cannot be reached is left out.
(module
  (func (export "f") (param i32) (result i32 i64)
    (if (local.get 0)
      (then
        (return (i32.const 1) (i64.const 1))
        (drop (i32.add (i32.const 1) (i32.const 1)))
        (block (if (i32.const 1) (then (nop)) (else (nop))))))
    (block (result i32 i64)
      (br_table 0 1 1 (i32.const 1) (i64.const 2) (local.get 0))
      (unreachable))))

;;; metered
;; (module
;;   (type (;0;) (func (param i32) (result i32 i64)))
;;   (type (;1;) (func (result i32 i64)))
;;   (type (;2;) (func))
;;   (type (;3;) (func (param i32)))
;;   (type (;4;) (func (result i32 i64)))
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
;;   (func (;0;) (type 0) (param i32) (result i32 i64)
;;     global.get 1
;;     i32.const 20
;;     i32.sub
;;     global.set 1
;;     global.get 1
;;     global.get 2
;;     i32.lt_s
;;     if ;; label = @1
;;       call 2
;;     end
;;     block (type 4) (result i32 i64) ;; label = @1
;;       local.get 0
;;       global.get 0
;;       i64.const 3
;;       i64.sub
;;       global.set 0
;;       if ;; label = @2
;;         i32.const 1
;;         i64.const 1
;;         global.get 0
;;         i64.const 2
;;         i64.sub
;;         global.set 0
;;         br 1 (;@1;)
;;       end
;;       block (type 1) (result i32 i64) ;; label = @2
;;         i32.const 1
;;         i64.const 2
;;         local.get 0
;;         global.get 0
;;         i64.const 4
;;         i64.sub
;;         global.set 0
;;         br_table 0 (;@2;) 1 (;@1;) 1 (;@1;)
;;       end
;;     end
;;     global.get 1
;;     i32.const 20
;;     i32.add
;;     global.set 1
;;   )
;;   (func (;1;) (type 3) (param i32)
;;     local.get 0
;;     global.set 3
;;     unreachable
;;   )
;;   (func (;2;) (type 2)
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
;;   (func (;3;) (type 2)
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
