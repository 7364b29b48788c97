;;! about = "a NaN that reaches an f32 operator comes out as the canonical positive one, whatever its sign, payload and kind"
;;! [[run]]
;;! calls = [
;;!   "add f32:0x7fc01234 f32:0x3f800000",
;;!   "add f32:0x3f800000 f32:0xffa00001",
;;!   "add f32:0xffa00001 f32:0x7fc01234",
;;!   "sub f32:0x7fc01234 f32:0x3f800000",
;;!   "sub f32:0x3f800000 f32:0xffa00001",
;;!   "sub f32:0xffa00001 f32:0x7fc01234",
;;!   "mul f32:0x7fc01234 f32:0x3f800000",
;;!   "mul f32:0x3f800000 f32:0xffa00001",
;;!   "mul f32:0xffa00001 f32:0x7fc01234",
;;!   "div f32:0x7fc01234 f32:0x3f800000",
;;!   "div f32:0x3f800000 f32:0xffa00001",
;;!   "div f32:0xffa00001 f32:0x7fc01234",
;;!   "min f32:0x7fc01234 f32:0x3f800000",
;;!   "min f32:0x3f800000 f32:0xffa00001",
;;!   "min f32:0xffa00001 f32:0x7fc01234",
;;!   "max f32:0x7fc01234 f32:0x3f800000",
;;!   "max f32:0x3f800000 f32:0xffa00001",
;;!   "max f32:0xffa00001 f32:0x7fc01234",
;;!   "sqrt f32:0x7fc01234",
;;!   "sqrt f32:0xffa00001",
;;!   "ceil f32:0x7fc01234",
;;!   "ceil f32:0xffa00001",
;;!   "floor f32:0x7fc01234",
;;!   "floor f32:0xffa00001",
;;!   "trunc f32:0x7fc01234",
;;!   "trunc f32:0xffa00001",
;;!   "nearest f32:0x7fc01234",
;;!   "nearest f32:0xffa00001",
;;! ]
(module
  (func (export "add") (param f32 f32) (result f32) (f32.add (local.get 0) (local.get 1)))
  (func (export "sub") (param f32 f32) (result f32) (f32.sub (local.get 0) (local.get 1)))
  (func (export "mul") (param f32 f32) (result f32) (f32.mul (local.get 0) (local.get 1)))
  (func (export "div") (param f32 f32) (result f32) (f32.div (local.get 0) (local.get 1)))
  (func (export "min") (param f32 f32) (result f32) (f32.min (local.get 0) (local.get 1)))
  (func (export "max") (param f32 f32) (result f32) (f32.max (local.get 0) (local.get 1)))
  (func (export "sqrt") (param f32) (result f32) (f32.sqrt (local.get 0)))
  (func (export "ceil") (param f32) (result f32) (f32.ceil (local.get 0)))
  (func (export "floor") (param f32) (result f32) (f32.floor (local.get 0)))
  (func (export "trunc") (param f32) (result f32) (f32.trunc (local.get 0)))
  (func (export "nearest") (param f32) (result f32) (f32.nearest (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   add: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   add: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   add: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   sub: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   sub: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   sub: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   mul: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   mul: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   mul: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   div: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   div: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   div: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   min: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   min: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   min: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   max: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   max: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   max: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   sqrt: completed [f32:0x7fc00000] | gas 3 | high 18
;;=   sqrt: completed [f32:0x7fc00000] | gas 3 | high 18
;;=   ceil: completed [f32:0x7fc00000] | gas 3 | high 18
;;=   ceil: completed [f32:0x7fc00000] | gas 3 | high 18
;;=   floor: completed [f32:0x7fc00000] | gas 3 | high 18
;;=   floor: completed [f32:0x7fc00000] | gas 3 | high 18
;;=   trunc: completed [f32:0x7fc00000] | gas 3 | high 18
;;=   trunc: completed [f32:0x7fc00000] | gas 3 | high 18
;;=   nearest: completed [f32:0x7fc00000] | gas 3 | high 18
;;=   nearest: completed [f32:0x7fc00000] | gas 3 | high 18
