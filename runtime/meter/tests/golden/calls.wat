;; Calls are checkpoints; an indirect call looks for null first.
(module
  (import "env" "abort" (func $abort))
  (type $unary (func (param i32) (result i32)))
  (table 4 8 funcref)
  (elem (i32.const 1) $self)
  (func $self (export "self") (param i32) (result i32)
    (call $abort)
    (call_indirect (type $unary) (call $self (local.get 0)) (local.get 0))))

;;; metered
;; (module
;;   (type (;0;) (func (param i32) (result i32)))
;;   (type (;1;) (func))
;;   (type (;2;) (func))
;;   (type (;3;) (func (param i32)))
;;   (import "env" "abort" (func (;0;) (type 1)))
;;   (table (;0;) 4 8 funcref)
;;   (global (;0;) (mut i64) i64.const 0)
;;   (global (;1;) (mut i32) i32.const 0)
;;   (global (;2;) (mut i32) i32.const 0)
;;   (global (;3;) (mut i32) i32.const 0)
;;   (export "self" (func 1))
;;   (export "modal:gas" (global 0))
;;   (export "modal:stack" (global 1))
;;   (export "modal:stack_low" (global 2))
;;   (export "modal:status" (global 3))
;;   (export "modal:start" (func 4))
;;   (export "modal:t0" (table 0))
;;   (export "modal:f1" (func 1))
;;   (elem (;0;) func 1)
;;   (func (;1;) (type 0) (param i32) (result i32)
;;     (local i32)
;;     global.get 1
;;     i32.const 19
;;     i32.sub
;;     global.set 1
;;     global.get 1
;;     global.get 2
;;     i32.lt_s
;;     if ;; label = @1
;;       call 3
;;     end
;;     block (result i32) ;; label = @1
;;       global.get 0
;;       i64.const 2
;;       i64.sub
;;       global.set 0
;;       global.get 0
;;       i64.const 0
;;       i64.lt_s
;;       if ;; label = @2
;;         i32.const 1
;;         call 2
;;         unreachable
;;       end
;;       call 0
;;       local.get 0
;;       global.get 0
;;       i64.const 2
;;       i64.sub
;;       global.set 0
;;       global.get 0
;;       i64.const 0
;;       i64.lt_s
;;       if ;; label = @2
;;         i32.const 1
;;         call 2
;;         unreachable
;;       end
;;       call 1
;;       local.get 0
;;       global.get 0
;;       i64.const 2
;;       i64.sub
;;       global.set 0
;;       global.get 0
;;       i64.const 0
;;       i64.lt_s
;;       if ;; label = @2
;;         i32.const 1
;;         call 2
;;         unreachable
;;       end
;;       local.tee 1
;;       local.get 1
;;       table.get 0
;;       ref.is_null
;;       if ;; label = @2
;;         i32.const 4
;;         call 2
;;         unreachable
;;       end
;;       call_indirect (type 0)
;;     end
;;     global.get 1
;;     i32.const 19
;;     i32.add
;;     global.set 1
;;   )
;;   (func (;2;) (type 3) (param i32)
;;     local.get 0
;;     global.set 3
;;     unreachable
;;   )
;;   (func (;3;) (type 2)
;;     global.get 1
;;     i32.const 0
;;     i32.lt_s
;;     if ;; label = @1
;;       i32.const 2
;;       call 2
;;       unreachable
;;     end
;;     global.get 1
;;     global.set 2
;;   )
;;   (func (;4;) (type 2)
;;     global.get 0
;;     i64.const 2
;;     i64.sub
;;     global.set 0
;;     global.get 0
;;     i64.const 0
;;     i64.lt_s
;;     if ;; label = @1
;;       i32.const 1
;;       call 2
;;       unreachable
;;     end
;;     i32.const 1
;;     i32.const 0
;;     i32.const 1
;;     table.init 0
;;     elem.drop 0
;;   )
;; )
