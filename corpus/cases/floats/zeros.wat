;;! about = "min and max tell the zeros apart, in either order; sums and roundings have the sign that the standard gives them"
;;! [[run]]
;;! calls = ["min f32:0 f32:-0", "min f32:-0 f32:0", "max f32:0 f32:-0", "max f32:-0 f32:0", "add f32:-0 f32:-0", "add f32:0 f32:-0", "sub f32:-0 f32:0", "mul f32:-1 f32:0"]
(module
  (func (export "min") (param f32 f32) (result f32) (f32.min (local.get 0) (local.get 1)))
  (func (export "max") (param f32 f32) (result f32) (f32.max (local.get 0) (local.get 1)))
  (func (export "add") (param f32 f32) (result f32) (f32.add (local.get 0) (local.get 1)))
  (func (export "sub") (param f32 f32) (result f32) (f32.sub (local.get 0) (local.get 1)))
  (func (export "mul") (param f32 f32) (result f32) (f32.mul (local.get 0) (local.get 1))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   min: completed [f32:0x80000000] | gas 4 | high 20
;;=   min: completed [f32:0x80000000] | gas 4 | high 20
;;=   max: completed [f32:0x00000000] | gas 4 | high 20
;;=   max: completed [f32:0x00000000] | gas 4 | high 20
;;=   add: completed [f32:0x80000000] | gas 4 | high 20
;;=   add: completed [f32:0x00000000] | gas 4 | high 20
;;=   sub: completed [f32:0x80000000] | gas 4 | high 20
;;=   mul: completed [f32:0x80000000] | gas 4 | high 20
