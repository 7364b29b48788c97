;;! about = "whatever stops a call, the call is charged its whole limit; the next one starts with its own"
;;! [[run]]
;;! calls = ["stop", "divide i32:1 i32:0", "divide i32:6 i32:3"]
;;! gas = 77
(module
  (func (export "stop") unreachable)
  (func (export "divide") (param i32 i32) (result i32)
    (i32.div_u (local.get 0) (local.get 1))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   stop: trapped Unreachable | gas 77 | high 16
;;=   divide: trapped IntegerDivisionByZero | gas 77 | high 20
;;=   divide: completed [i32:0x00000002] | gas 4 | high 20
