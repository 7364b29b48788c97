;;! about = "an operator whose result an engine may choose"
(module
  (func (export "run") (param v128 v128) (result v128)
    (i32x4.relaxed_trunc_f32x4_s (f32x4.relaxed_min (local.get 0) (local.get 1)))))
;;= rejected feature: the module uses relaxed simd, which profile modal-1 does not allow
