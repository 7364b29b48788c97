;;! about = "a start function without end runs as far as its gas goes: 1 for the global, then headers at 2, 7, 12, 17"
;;! [[run]]
;;! calls = []
;;! start_gas = 20
(module
  (global $g (mut i32) (i32.const 0))
  (func $start
    (loop $again
      (global.set $g (i32.add (global.get $g) (i32.const 1)))
      (br $again)))
  (start $start))
;;= run 0
;;=   start: trapped OutOfGas | gas 20 | high 18 | globals i32:0x00000004
