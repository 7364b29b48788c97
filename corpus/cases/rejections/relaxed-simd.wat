;;! about = "an operator whose result an engine may choose"
(module
  (func (export "run")
    (drop (f32x4.relaxed_min (unreachable) (unreachable)))))
;;= rejected feature: the module uses relaxed simd, which profile modal-1 does not allow
