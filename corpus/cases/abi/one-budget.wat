;;! about = "instantiation, start function, alloc and method share one budget of 3 + 2 + 2 + 3: where it ends decides what has been written"
;;! [[run]]
;;! method = "run"
;;! input = "in"
;;! gas = 2
;;! [[run]]
;;! method = "run"
;;! input = "in"
;;! gas = 4
;;! [[run]]
;;! method = "run"
;;! input = "in"
;;! gas = 6
;;! [[run]]
;;! method = "run"
;;! input = "in"
;;! gas = 7
;;! [[run]]
;;! method = "run"
;;! input = "in"
;;! gas = 9
;;! [[run]]
;;! method = "run"
;;! input = "in"
;;! gas = 10
(module
  (memory (export "memory") 1)
  (global $g (mut i32) (i32.const 0))
  (data (i32.const 0) "\01")
  (func $start (drop (global.get $g)))
  (start $start)
  (func (export "alloc") (param i32) (result i32)
    (i32.const 16))
  (func (export "run") (param i32 i32) (result i32)
    (drop (i32.const 3))
    (i32.const 8)))
;;= run 0
;;=   run: trapped OutOfGas | gas 2 | high 0 | memory 1 e3b0c44298fc | globals i32:0x00000000
;;= run 1
;;=   run: trapped OutOfGas | gas 4 | high 17 | memory 1 4bf5122f3445 | globals i32:0x00000000
;;= run 2
;;=   run: trapped OutOfGas | gas 6 | high 18 | memory 1 4bf5122f3445 | globals i32:0x00000000
;;= run 3
;;=   run: trapped OutOfGas | gas 7 | high 19 | memory 1 b87774842704 | globals i32:0x00000000
;;= run 4
;;=   run: trapped OutOfGas | gas 9 | high 19 | memory 1 b87774842704 | globals i32:0x00000000
;;= run 5
;;=   run: output "" | gas 10 | high 19 | memory 1 b87774842704 | globals i32:0x00000000
