;;! about = "a start that cannot pay for instantiation leaves memory and tables empty"
;;! [[run]]
;;! calls = ["read"]
;;! start_gas = 8
;;! [[run]]
;;! calls = ["read"]
;;! start_gas = 9
(module
  (memory 1)
  (table 2 funcref)
  (data (i32.const 0) "hello")
  (elem (i32.const 0) $f $f)
  (func $f)
  (func (export "read") (result i32) (i32.load8_u (i32.const 4))))
;;= run 0
;;=   start: trapped OutOfGas | gas 8 | high 0 | memory 1 e3b0c44298fc | table 2 96a296d224f2
;;= run 1
;;=   start: completed [] | gas 9 | high 0 | memory 1 2cf24dba5fb0 | table 2 3c5d02f1a248
;;=   read: completed [i32:0x0000006f] | gas 3 | high 17 | memory 1 2cf24dba5fb0 | table 2 3c5d02f1a248
