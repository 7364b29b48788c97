;;! about = "nearest rounds halves to the even neighbour and keeps the sign of zero"
;;! [[run]]
;;! calls = ["f64 f64:0.5", "f64 f64:1.5", "f64 f64:2.5", "f64 f64:-0.5", "f64 f64:-1.5", "f64 f64:4503599627370497.5", "f64 f64:0.49999999999999994", "f32 f32:0.5", "f32 f32:-2.5", "f32 f32:8388609"]
(module
  (func (export "f64") (param f64) (result f64) (f64.nearest (local.get 0)))
  (func (export "f32") (param f32) (result f32) (f32.nearest (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   f64: completed [f64:0x0000000000000000] | gas 3 | high 18
;;=   f64: completed [f64:0x4000000000000000] | gas 3 | high 18
;;=   f64: completed [f64:0x4000000000000000] | gas 3 | high 18
;;=   f64: completed [f64:0x8000000000000000] | gas 3 | high 18
;;=   f64: completed [f64:0xc000000000000000] | gas 3 | high 18
;;=   f64: completed [f64:0x4330000000000002] | gas 3 | high 18
;;=   f64: completed [f64:0x0000000000000000] | gas 3 | high 18
;;=   f32: completed [f32:0x00000000] | gas 3 | high 18
;;=   f32: completed [f32:0xc0000000] | gas 3 | high 18
;;=   f32: completed [f32:0x4b000001] | gas 3 | high 18
