;;! about = "a product is rounded before something is subtracted from it: fused, the results would not be zero"
;;! [[run]]
;;! calls = ["f32 f32:0x3f800800 f32:0x3f801000", "f64 f64:0x3ff0000002000000 f64:0x3ff0000004000000"]
(module
  (func (export "f32") (param f32 f32) (result f32)
    (f32.sub (f32.mul (local.get 0) (local.get 0)) (local.get 1)))
  (func (export "f64") (param f64 f64) (result f64)
    (f64.sub (f64.mul (local.get 0) (local.get 0)) (local.get 1))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   f32: completed [f32:0x00000000] | gas 6 | high 20
;;=   f64: completed [f64:0x0000000000000000] | gas 6 | high 20
