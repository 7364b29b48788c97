;;! about = "an endless loop runs exactly as many iterations as its gas pays for: headers at 1, 8, 15, ..., 99, and out at 106"
;;! [[run]]
;;! calls = ["run"]
;;! gas = 100
;;! [[run]]
;;! calls = ["spin"]
;;! gas = 100000
(module
  (memory 1)
  (func (export "run")
    (loop $again
      (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
      (br $again)))
  (func (export "spin")
    (loop (br 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   run: trapped OutOfGas | gas 100 | high 19 | memory 1 dc0e9c3658a1
;;= run 1
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   spin: trapped OutOfGas | gas 100000 | high 16 | memory 1 e3b0c44298fc
