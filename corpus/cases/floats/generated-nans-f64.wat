;;! about = "an f64 operator without a result makes the canonical positive NaN, also where the machine makes a negative one"
;;! [[run]]
;;! calls = [
;;!   "add f64:inf f64:-inf",
;;!   "sub f64:inf f64:inf",
;;!   "mul f64:0 f64:inf",
;;!   "mul f64:-inf f64:-0",
;;!   "div f64:0 f64:0",
;;!   "div f64:-0 f64:0",
;;!   "div f64:inf f64:-inf",
;;!   "sqrt f64:-1",
;;!   "sqrt f64:-inf",
;;!   "sqrt f64:-0",
;;! ]
(module
  (func (export "add") (param f64 f64) (result f64) (f64.add (local.get 0) (local.get 1)))
  (func (export "sub") (param f64 f64) (result f64) (f64.sub (local.get 0) (local.get 1)))
  (func (export "mul") (param f64 f64) (result f64) (f64.mul (local.get 0) (local.get 1)))
  (func (export "div") (param f64 f64) (result f64) (f64.div (local.get 0) (local.get 1)))
  (func (export "sqrt") (param f64) (result f64) (f64.sqrt (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   add: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   sub: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   mul: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   mul: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   div: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   div: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   div: completed [f64:0x7ff8000000000000] | gas 4 | high 20
;;=   sqrt: completed [f64:0x7ff8000000000000] | gas 3 | high 18
;;=   sqrt: completed [f64:0x7ff8000000000000] | gas 3 | high 18
;;=   sqrt: completed [f64:0x8000000000000000] | gas 3 | high 18
