;;! about = "a call that ran out of gas leaves nothing behind for the next one but memory, globals and tables"
;;! [[run]]
;;! calls = ["spin", "two", "spin", "two"]
;;! gas = 50
(module
  (func (export "spin") (loop (br 0)))
  (func (export "two") (result i32) (i32.const 2)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   spin: trapped OutOfGas | gas 50 | high 16
;;=   two: completed [i32:0x00000002] | gas 2 | high 17
;;=   spin: trapped OutOfGas | gas 50 | high 16
;;=   two: completed [i32:0x00000002] | gas 2 | high 17
