;;! about = "out of gas at a call_indirect comes before the index, the null and the signature are looked at"
;;! [[run]]
;;! calls = ["run i32:9", "run i32:0", "run i32:1"]
;;! gas = 2
;;! [[run]]
;;! calls = ["run i32:9", "run i32:0", "run i32:1"]
;;! gas = 3
(module
  (type $t (func))
  (table 2 funcref)
  (elem (i32.const 1) $other)
  (func $other (param i32))
  (func (export "run") (param i32)
    (call_indirect (type $t) (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 2 | high 0 | table 2 01cf85cfeb36
;;=   run: trapped OutOfGas | gas 2 | high 18 | table 2 01cf85cfeb36
;;=   run: trapped OutOfGas | gas 2 | high 18 | table 2 01cf85cfeb36
;;=   run: trapped OutOfGas | gas 2 | high 18 | table 2 01cf85cfeb36
;;= run 1
;;=   start: completed [] | gas 2 | high 0 | table 2 01cf85cfeb36
;;=   run: trapped TableOutOfBounds | gas 3 | high 18 | table 2 01cf85cfeb36
;;=   run: trapped IndirectCallToNull | gas 3 | high 18 | table 2 01cf85cfeb36
;;=   run: trapped BadSignature | gas 3 | high 18 | table 2 01cf85cfeb36
