;;! about = "straight-line code that overruns has done all of its work when completion finds it out of gas"
;;! [[run]]
;;! calls = ["run"]
;;! gas = 1
;;! [[run]]
;;! calls = ["run"]
;;! gas = 6
(module
  (memory 1)
  (global $g (mut i32) (i32.const 0))
  (func (export "run")
    (i32.store8 (i32.const 0) (i32.const 1))
    (global.set $g (i32.const 5))))
;;= run 0
;;=   start: completed [] | gas 1 | high 0 | memory 1 e3b0c44298fc | globals i32:0x00000000
;;=   run: trapped OutOfGas | gas 1 | high 18 | memory 1 4bf5122f3445 | globals i32:0x00000005
;;= run 1
;;=   start: completed [] | gas 1 | high 0 | memory 1 e3b0c44298fc | globals i32:0x00000000
;;=   run: completed [] | gas 6 | high 18 | memory 1 4bf5122f3445 | globals i32:0x00000005
