;; Instantiation: active segments become passive ones that `modal:start` applies, in order, elements first; the start
;; function is called last. Passive segments stay, declared ones too. Maxima are lowered to the caps.
(module
  (memory 1)
  (table $a 8 funcref)
  (table $b 2 4 externref)
  (global (mut i32) (i32.const 1))
  (global funcref (ref.func $g))
  (elem (table $a) (i32.const 0) func $f $g)
  (elem $passive func $f)
  (elem declare func $h)
  (elem (table $b) (offset (i32.add (i32.const 0) (i32.const 1))) externref (ref.null extern))
  (data (i32.const 16) "hello")
  (data $later "later")
  (func $f)
  (func $g (drop (ref.func $h)))
  (func $h (memory.init $later (i32.const 0) (i32.const 0) (i32.const 5)))
  (start $f))

;;; metered
;; (module
;;   (type (;0;) (func))
;;   (type (;1;) (func))
;;   (type (;2;) (func (param i32)))
;;   (table (;0;) 8 65536 funcref)
;;   (table (;1;) 2 4 externref)
;;   (memory (;0;) 1 256)
;;   (global (;0;) (mut i32) i32.const 1)
;;   (global (;1;) funcref ref.func 1)
;;   (global (;2;) (mut i64) i64.const 0)
;;   (global (;3;) (mut i32) i32.const 0)
;;   (global (;4;) (mut i32) i32.const 0)
;;   (global (;5;) (mut i32) i32.const 0)
;;   (export "modal:gas" (global 2))
;;   (export "modal:stack" (global 3))
;;   (export "modal:stack_low" (global 4))
;;   (export "modal:status" (global 5))
;;   (export "modal:start" (func 5))
;;   (export "modal:memory" (memory 0))
;;   (export "modal:t0" (table 0))
;;   (export "modal:t1" (table 1))
;;   (export "modal:g0" (global 0))
;;   (export "modal:g1" (global 1))
;;   (export "modal:f0" (func 0))
;;   (export "modal:f1" (func 1))
;;   (export "modal:f2" (func 2))
;;   (elem (;0;) func 0 1)
;;   (elem (;1;) func 0)
;;   (elem (;2;) declare func 2)
;;   (elem (;3;) externref (ref.null extern))
;;   (func (;0;) (type 0)
;;     global.get 3
;;     i32.const 16
;;     i32.sub
;;     global.set 3
;;     global.get 3
;;     global.get 4
;;     i32.lt_s
;;     if ;; label = @1
;;       call 4
;;     end
;;     block ;; label = @1
;;       global.get 2
;;       i64.const 1
;;       i64.sub
;;       global.set 2
;;     end
;;     global.get 3
;;     i32.const 16
;;     i32.add
;;     global.set 3
;;   )
;;   (func (;1;) (type 0)
;;     global.get 3
;;     i32.const 17
;;     i32.sub
;;     global.set 3
;;     global.get 3
;;     global.get 4
;;     i32.lt_s
;;     if ;; label = @1
;;       call 4
;;     end
;;     block ;; label = @1
;;       ref.func 2
;;       drop
;;       global.get 2
;;       i64.const 2
;;       i64.sub
;;       global.set 2
;;     end
;;     global.get 3
;;     i32.const 17
;;     i32.add
;;     global.set 3
;;   )
;;   (func (;2;) (type 0)
;;     (local i32)
;;     global.get 3
;;     i32.const 19
;;     i32.sub
;;     global.set 3
;;     global.get 3
;;     global.get 4
;;     i32.lt_s
;;     if ;; label = @1
;;       call 4
;;     end
;;     block ;; label = @1
;;       i32.const 0
;;       i32.const 0
;;       i32.const 5
;;       local.tee 0
;;       global.get 2
;;       i64.const 5
;;       i64.sub
;;       local.get 0
;;       i64.extend_i32_u
;;       i64.sub
;;       global.set 2
;;       global.get 2
;;       i64.const 0
;;       i64.lt_s
;;       if ;; label = @2
;;         i32.const 1
;;         call 3
;;         unreachable
;;       end
;;       memory.init 1
;;     end
;;     global.get 3
;;     i32.const 19
;;     i32.add
;;     global.set 3
;;   )
;;   (func (;3;) (type 2) (param i32)
;;     local.get 0
;;     global.set 5
;;     unreachable
;;   )
;;   (func (;4;) (type 1)
;;     global.get 3
;;     i32.const 0
;;     i32.lt_s
;;     if ;; label = @1
;;       i32.const 2
;;       call 3
;;       unreachable
;;     end
;;     global.get 3
;;     global.set 4
;;   )
;;   (func (;5;) (type 1)
;;     global.get 2
;;     i64.const 17
;;     i64.sub
;;     global.set 2
;;     global.get 2
;;     i64.const 0
;;     i64.lt_s
;;     if ;; label = @1
;;       i32.const 1
;;       call 3
;;       unreachable
;;     end
;;     i32.const 0
;;     i32.const 0
;;     i32.const 2
;;     table.init 0
;;     elem.drop 0
;;     i32.const 0
;;     i32.const 1
;;     i32.add
;;     i32.const 0
;;     i32.const 1
;;     table.init 1 3
;;     elem.drop 3
;;     i32.const 16
;;     i32.const 0
;;     i32.const 5
;;     memory.init 0
;;     data.drop 0
;;     call 0
;;   )
;;   (data (;0;) "hello")
;;   (data (;1;) "later")
;; )
