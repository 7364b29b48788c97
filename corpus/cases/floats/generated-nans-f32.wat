;;! about = "an f32 operator without a result makes the canonical positive NaN, also where the machine makes a negative one"
;;! [[run]]
;;! calls = [
;;!   "add f32:inf f32:-inf",
;;!   "sub f32:inf f32:inf",
;;!   "mul f32:0 f32:inf",
;;!   "mul f32:-inf f32:-0",
;;!   "div f32:0 f32:0",
;;!   "div f32:-0 f32:0",
;;!   "div f32:inf f32:-inf",
;;!   "sqrt f32:-1",
;;!   "sqrt f32:-inf",
;;!   "sqrt f32:-0",
;;! ]
(module
  (func (export "add") (param f32 f32) (result f32) (f32.add (local.get 0) (local.get 1)))
  (func (export "sub") (param f32 f32) (result f32) (f32.sub (local.get 0) (local.get 1)))
  (func (export "mul") (param f32 f32) (result f32) (f32.mul (local.get 0) (local.get 1)))
  (func (export "div") (param f32 f32) (result f32) (f32.div (local.get 0) (local.get 1)))
  (func (export "sqrt") (param f32) (result f32) (f32.sqrt (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   add: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   sub: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   mul: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   mul: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   div: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   div: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   div: completed [f32:0x7fc00000] | gas 4 | high 20
;;=   sqrt: completed [f32:0x7fc00000] | gas 3 | high 18
;;=   sqrt: completed [f32:0x7fc00000] | gas 3 | high 18
;;=   sqrt: completed [f32:0x80000000] | gas 3 | high 18
