;;! about = "subnormals are neither flushed on the way in nor on the way out"
;;! [[run]]
;;! calls = ["mul f32:0x00800000 f32:0.5", "mul f32:0x00000001 f32:1", "mul f32:0x00000001 f32:0.5", "add f64:0x0000000000000001 f64:0x0000000000000001", "sub f64:0x0010000000000001 f64:0x0010000000000000"]
(module
  (func (export "mul") (param f32 f32) (result f32) (f32.mul (local.get 0) (local.get 1)))
  (func (export "add") (param f64 f64) (result f64) (f64.add (local.get 0) (local.get 1)))
  (func (export "sub") (param f64 f64) (result f64) (f64.sub (local.get 0) (local.get 1))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   mul: completed [f32:0x00400000] | gas 4 | high 20
;;=   mul: completed [f32:0x00000001] | gas 4 | high 20
;;=   mul: completed [f32:0x00000000] | gas 4 | high 20
;;=   add: completed [f64:0x0000000000000002] | gas 4 | high 20
;;=   sub: completed [f64:0x0000000000000001] | gas 4 | high 20
