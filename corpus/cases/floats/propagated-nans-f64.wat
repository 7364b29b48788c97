;;! about = "a NaN that reaches an f64 operator comes out as the canonical positive one, whatever its sign, payload and kind"
;;! [[run]]
;;! calls = [
;;!   "add f64:0x7ff8000000001234 f64:0x3ff0000000000000",
;;!   "add f64:0x3ff0000000000000 f64:0xfff4000000000001",
;;!   "add f64:0xfff4000000000001 f64:0x7ff8000000001234",
;;!   "sub f64:0x7ff8000000001234 f64:0x3ff0000000000000",
;;!   "sub f64:0x3ff0000000000000 f64:0xfff4000000000001",
;;!   "sub f64:0xfff4000000000001 f64:0x7ff8000000001234",
;;!   "mul f64:0x7ff8000000001234 f64:0x3ff0000000000000",
;;!   "mul f64:0x3ff0000000000000 f64:0xfff4000000000001",
;;!   "mul f64:0xfff4000000000001 f64:0x7ff8000000001234",
;;!   "div f64:0x7ff8000000001234 f64:0x3ff0000000000000",
;;!   "div f64:0x3ff0000000000000 f64:0xfff4000000000001",
;;!   "div f64:0xfff4000000000001 f64:0x7ff8000000001234",
;;!   "min f64:0x7ff8000000001234 f64:0x3ff0000000000000",
;;!   "min f64:0x3ff0000000000000 f64:0xfff4000000000001",
;;!   "min f64:0xfff4000000000001 f64:0x7ff8000000001234",
;;!   "max f64:0x7ff8000000001234 f64:0x3ff0000000000000",
;;!   "max f64:0x3ff0000000000000 f64:0xfff4000000000001",
;;!   "max f64:0xfff4000000000001 f64:0x7ff8000000001234",
;;!   "sqrt f64:0x7ff8000000001234",
;;!   "sqrt f64:0xfff4000000000001",
;;!   "ceil f64:0x7ff8000000001234",
;;!   "ceil f64:0xfff4000000000001",
;;!   "floor f64:0x7ff8000000001234",
;;!   "floor f64:0xfff4000000000001",
;;!   "trunc f64:0x7ff8000000001234",
;;!   "trunc f64:0xfff4000000000001",
;;!   "nearest f64:0x7ff8000000001234",
;;!   "nearest f64:0xfff4000000000001",
;;! ]
(module
  (func (export "add") (param f64 f64) (result f64) (f64.add (local.get 0) (local.get 1)))
  (func (export "sub") (param f64 f64) (result f64) (f64.sub (local.get 0) (local.get 1)))
  (func (export "mul") (param f64 f64) (result f64) (f64.mul (local.get 0) (local.get 1)))
  (func (export "div") (param f64 f64) (result f64) (f64.div (local.get 0) (local.get 1)))
  (func (export "min") (param f64 f64) (result f64) (f64.min (local.get 0) (local.get 1)))
  (func (export "max") (param f64 f64) (result f64) (f64.max (local.get 0) (local.get 1)))
  (func (export "sqrt") (param f64) (result f64) (f64.sqrt (local.get 0)))
  (func (export "ceil") (param f64) (result f64) (f64.ceil (local.get 0)))
  (func (export "floor") (param f64) (result f64) (f64.floor (local.get 0)))
  (func (export "trunc") (param f64) (result f64) (f64.trunc (local.get 0)))
  (func (export "nearest") (param f64) (result f64) (f64.nearest (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   add: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   add: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   add: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   sub: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   sub: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   sub: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   mul: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   mul: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   mul: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   div: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   div: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   div: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   min: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   min: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   min: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   max: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   max: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   max: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   sqrt: completed [f64:0x7ff8000000000000] | gas 3 | high 18
;;=   sqrt: completed [f64:0x7ff8000000000000] | gas 3 | high 18
;;=   ceil: completed [f64:0x7ff8000000000000] | gas 3 | high 18
;;=   ceil: completed [f64:0x7ff8000000000000] | gas 3 | high 18
;;=   floor: completed [f64:0x7ff8000000000000] | gas 3 | high 18
;;=   floor: completed [f64:0x7ff8000000000000] | gas 3 | high 18
;;=   trunc: completed [f64:0x7ff8000000000000] | gas 3 | high 18
;;=   trunc: completed [f64:0x7ff8000000000000] | gas 3 | high 18
;;=   nearest: completed [f64:0x7ff8000000000000] | gas 3 | high 18
;;=   nearest: completed [f64:0x7ff8000000000000] | gas 3 | high 18
