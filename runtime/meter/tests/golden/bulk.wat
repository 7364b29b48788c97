;; Bulk and grow operators are charged by the operand on top, then checked, then run.
(module
  (memory 1)
  (table 2 funcref)
  (data $bytes "abc")
  (elem $none funcref (ref.null func))
  (func (export "f") (param i32) (result i32)
    (memory.fill (i32.const 0) (i32.const 1) (local.get 0))
    (memory.copy (i32.const 0) (i32.const 1) (i32.const 2))
    (memory.init $bytes (i32.const 0) (i32.const 0) (i32.const 3))
    (data.drop $bytes)
    (table.fill (i32.const 0) (ref.null func) (i32.const 2))
    (table.copy (i32.const 0) (i32.const 1) (i32.const 1))
    (table.init $none (i32.const 0) (i32.const 0) (i32.const 1))
    (elem.drop $none)
    (drop (table.grow (ref.null func) (i32.const 5)))
    (memory.grow (i32.const 3))))

;;; metered
;; (module
;;   (type (;0;) (func (param i32) (result i32)))
;;   (type (;1;) (func))
;;   (type (;2;) (func (param i32)))
;;   (table (;0;) 2 65536 funcref)
;;   (memory (;0;) 1 256)
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
;;   (export "modal:memory" (memory 0))
;;   (export "modal:t0" (table 0))
;;   (elem (;0;) funcref (ref.null func))
;;   (func (;0;) (type 0) (param i32) (result i32)
;;     (local i32)
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
;;     block (result i32) ;; label = @1
;;       i32.const 0
;;       i32.const 1
;;       local.get 0
;;       local.tee 1
;;       global.get 0
;;       i64.const 5
;;       i64.sub
;;       local.get 1
;;       i64.extend_i32_u
;;       i64.sub
;;       global.set 0
;;       global.get 0
;;       i64.const 0
;;       i64.lt_s
;;       if ;; label = @2
;;         i32.const 1
;;         call 1
;;         unreachable
;;       end
;;       memory.fill
;;       i32.const 0
;;       i32.const 1
;;       i32.const 2
;;       local.tee 1
;;       global.get 0
;;       i64.const 4
;;       i64.sub
;;       local.get 1
;;       i64.extend_i32_u
;;       i64.sub
;;       global.set 0
;;       global.get 0
;;       i64.const 0
;;       i64.lt_s
;;       if ;; label = @2
;;         i32.const 1
;;         call 1
;;         unreachable
;;       end
;;       memory.copy
;;       i32.const 0
;;       i32.const 0
;;       i32.const 3
;;       local.tee 1
;;       global.get 0
;;       i64.const 4
;;       i64.sub
;;       local.get 1
;;       i64.extend_i32_u
;;       i64.sub
;;       global.set 0
;;       global.get 0
;;       i64.const 0
;;       i64.lt_s
;;       if ;; label = @2
;;         i32.const 1
;;         call 1
;;         unreachable
;;       end
;;       memory.init 0
;;       data.drop 0
;;       i32.const 0
;;       ref.null func
;;       i32.const 2
;;       local.tee 1
;;       global.get 0
;;       i64.const 5
;;       i64.sub
;;       local.get 1
;;       i64.extend_i32_u
;;       i64.sub
;;       global.set 0
;;       global.get 0
;;       i64.const 0
;;       i64.lt_s
;;       if ;; label = @2
;;         i32.const 1
;;         call 1
;;         unreachable
;;       end
;;       table.fill 0
;;       i32.const 0
;;       i32.const 1
;;       i32.const 1
;;       local.tee 1
;;       global.get 0
;;       i64.const 4
;;       i64.sub
;;       local.get 1
;;       i64.extend_i32_u
;;       i64.sub
;;       global.set 0
;;       global.get 0
;;       i64.const 0
;;       i64.lt_s
;;       if ;; label = @2
;;         i32.const 1
;;         call 1
;;         unreachable
;;       end
;;       table.copy
;;       i32.const 0
;;       i32.const 0
;;       i32.const 1
;;       local.tee 1
;;       global.get 0
;;       i64.const 4
;;       i64.sub
;;       local.get 1
;;       i64.extend_i32_u
;;       i64.sub
;;       global.set 0
;;       global.get 0
;;       i64.const 0
;;       i64.lt_s
;;       if ;; label = @2
;;         i32.const 1
;;         call 1
;;         unreachable
;;       end
;;       table.init 0
;;       elem.drop 0
;;       ref.null func
;;       i32.const 5
;;       local.tee 1
;;       global.get 0
;;       i64.const 4
;;       i64.sub
;;       local.get 1
;;       i64.extend_i32_u
;;       i64.sub
;;       global.set 0
;;       global.get 0
;;       i64.const 0
;;       i64.lt_s
;;       if ;; label = @2
;;         i32.const 1
;;         call 1
;;         unreachable
;;       end
;;       table.grow 0
;;       drop
;;       i32.const 3
;;       local.tee 1
;;       global.get 0
;;       i64.const 2
;;       i64.sub
;;       local.get 1
;;       i64.extend_i32_u
;;       i64.const 128
;;       i64.mul
;;       i64.sub
;;       global.set 0
;;       global.get 0
;;       i64.const 0
;;       i64.lt_s
;;       if ;; label = @2
;;         i32.const 1
;;         call 1
;;         unreachable
;;       end
;;       memory.grow
;;     end
;;     global.get 1
;;     i32.const 20
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
;;     i64.const 1
;;     i64.sub
;;     global.set 0
;;     global.get 0
;;     i64.const 0
;;     i64.lt_s
;;     if ;; label = @1
;;       i32.const 1
;;       call 1
;;       unreachable
;;     end
;;   )
;;   (data (;0;) "abc")
;; )
