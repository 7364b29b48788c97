;;! about = "division by zero and overflow are two kinds; the remainder of the smallest integer by minus one is zero"
;;! [[run]]
;;! calls = [
;;!   "div-s i32:7 i32:0", "div-u i32:7 i32:0", "rem-s i32:7 i32:0", "rem-u i32:7 i32:0",
;;!   "div-s i32:0x80000000 i32:-1", "rem-s i32:0x80000000 i32:-1", "div-u i32:0x80000000 i32:-1",
;;!   "div-s i32:-7 i32:2", "rem-s i32:-7 i32:2", "rem-u i32:-7 i32:2",
;;! ]
(module
  (func (export "div-s") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (export "div-u") (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
  (func (export "rem-s") (param i32 i32) (result i32) (i32.rem_s (local.get 0) (local.get 1)))
  (func (export "rem-u") (param i32 i32) (result i32) (i32.rem_u (local.get 0) (local.get 1))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   div-s: trapped IntegerDivisionByZero | gas 1000000 | high 20
;;=   div-u: trapped IntegerDivisionByZero | gas 1000000 | high 20
;;=   rem-s: trapped IntegerDivisionByZero | gas 1000000 | high 20
;;=   rem-u: trapped IntegerDivisionByZero | gas 1000000 | high 20
;;=   div-s: trapped IntegerOverflow | gas 1000000 | high 20
;;=   rem-s: completed [i32:0x00000000] | gas 4 | high 20
;;=   div-u: completed [i32:0x00000000] | gas 4 | high 20
;;=   div-s: completed [i32:0xfffffffd] | gas 4 | high 20
;;=   rem-s: completed [i32:0xffffffff] | gas 4 | high 20
;;=   rem-u: completed [i32:0x00000001] | gas 4 | high 20
