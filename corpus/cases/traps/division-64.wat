;;! about = "64-bit division traps as 32-bit division does"
;;! [[run]]
;;! calls = [
;;!   "div-s i64:7 i64:0", "div-u i64:7 i64:0", "rem-s i64:7 i64:0", "rem-u i64:7 i64:0",
;;!   "div-s i64:0x8000000000000000 i64:-1", "rem-s i64:0x8000000000000000 i64:-1", "div-u i64:0x8000000000000000 i64:-1",
;;! ]
(module
  (func (export "div-s") (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1)))
  (func (export "div-u") (param i64 i64) (result i64) (i64.div_u (local.get 0) (local.get 1)))
  (func (export "rem-s") (param i64 i64) (result i64) (i64.rem_s (local.get 0) (local.get 1)))
  (func (export "rem-u") (param i64 i64) (result i64) (i64.rem_u (local.get 0) (local.get 1))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   div-s: trapped IntegerDivisionByZero | gas 1000000 | high 20
;;=   div-u: trapped IntegerDivisionByZero | gas 1000000 | high 20
;;=   rem-s: trapped IntegerDivisionByZero | gas 1000000 | high 20
;;=   rem-u: trapped IntegerDivisionByZero | gas 1000000 | high 20
;;=   div-s: trapped IntegerOverflow | gas 1000000 | high 20
;;=   rem-s: completed [i64:0x0000000000000000] | gas 4 | high 20
;;=   div-u: completed [i64:0x0000000000000000] | gas 4 | high 20
