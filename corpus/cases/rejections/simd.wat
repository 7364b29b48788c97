;;! about = "a vector constant needs fixed-width SIMD"
(module
  (func (export "run") (result i32)
    (i32x4.extract_lane 0 (v128.const i32x4 1 2 3 4))))
;;= rejected feature: the module uses simd, which profile modal-1 does not allow
