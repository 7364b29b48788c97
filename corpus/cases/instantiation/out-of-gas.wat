;;! about = "instantiation is charged at once and checked before any segment; the start function behind it is checked as a call is"
;;! [[run]]
;;! calls = []
;;! start_gas = 8
;;! [[run]]
;;! calls = []
;;! start_gas = 9
;;! [[run]]
;;! calls = []
;;! start_gas = 11
;;! [[run]]
;;! calls = []
;;! start_gas = 12
(module
  (memory 1)
  (table 2 funcref)
  (global $g (mut i32) (i32.const 3))
  (data (i32.const 0) "hello")
  (elem (i32.const 0) $start)
  (func $start (global.set $g (i32.const 4)))
  (start $start))
;; 5 bytes, 1 element, 3 constants; then entry, const, global.set
;;= run 0
;;=   start: trapped OutOfGas | gas 8 | high 0 | memory 1 e3b0c44298fc | globals i32:0x00000003 | table 2 96a296d224f2
;;= run 1
;;=   start: trapped OutOfGas | gas 9 | high 17 | memory 1 2cf24dba5fb0 | globals i32:0x00000004 | table 2 36c159d76b52
;;= run 2
;;=   start: trapped OutOfGas | gas 11 | high 17 | memory 1 2cf24dba5fb0 | globals i32:0x00000004 | table 2 36c159d76b52
;;= run 3
;;=   start: completed [] | gas 12 | high 17 | memory 1 2cf24dba5fb0 | globals i32:0x00000004 | table 2 36c159d76b52
