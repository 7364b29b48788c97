;; The NaN of an arithmetic operator is made canonical; bit operations keep theirs; a trapping conversion looks for NaN.
(module
  (func (export "f") (param f32 f64) (result i32)
    (local.set 0 (f32.neg (f32.add (local.get 0) (f32.const 1))))
    (local.set 1 (f64.sqrt (f64.promote_f32 (local.get 0))))
    (drop (i64.trunc_f64_u (local.get 1)))
    (drop (i32.trunc_sat_f32_s (local.get 0)))
    (i32.trunc_f32_s (local.get 0))))

;;; metered
;; (module
;;   (type (;0;) (func (param f32 f64) (result i32)))
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
;;   (func (;0;) (type 0) (param f32 f64) (result i32)
;;     (local f32 f64)
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
;;       local.get 0
;;       f32.const 0x1p+0 (;=1;)
;;       f32.add
;;       local.tee 2
;;       f32.const nan (;=NaN;)
;;       local.get 2
;;       local.get 2
;;       f32.eq
;;       select
;;       f32.neg
;;       local.set 0
;;       local.get 0
;;       f64.promote_f32
;;       local.tee 3
;;       f64.const nan (;=NaN;)
;;       local.get 3
;;       local.get 3
;;       f64.eq
;;       select
;;       f64.sqrt
;;       local.tee 3
;;       f64.const nan (;=NaN;)
;;       local.get 3
;;       local.get 3
;;       f64.eq
;;       select
;;       local.set 1
;;       local.get 1
;;       local.tee 3
;;       local.get 3
;;       local.get 3
;;       f64.ne
;;       if ;; label = @2
;;         i32.const 3
;;         call 1
;;         unreachable
;;       end
;;       i64.trunc_f64_u
;;       drop
;;       local.get 0
;;       i32.trunc_sat_f32_s
;;       drop
;;       local.get 0
;;       local.tee 2
;;       local.get 2
;;       local.get 2
;;       f32.ne
;;       if ;; label = @2
;;         i32.const 3
;;         call 1
;;         unreachable
;;       end
;;       i32.trunc_f32_s
;;       global.get 0
;;       i64.const 16
;;       i64.sub
;;       global.set 0
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
;;     i64.const 0
;;     i64.lt_s
;;     if ;; label = @1
;;       i32.const 1
;;       call 1
;;       unreachable
;;     end
;;   )
;; )
