;;! about = "a name that no module has costs the call and its bytes; names are compared whole"
;;! [[run]]
;;! calls = ["none", "prefix", "longer", "case", "empty"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory 1)
  (data (i32.const 0) "/none/okayOK")
  ;; The entry, 6 operators, 5,000 and the name's bytes.
  (func (export "none") (result i32)
    (call $call (i32.const 0) (i32.const 5) (i32.const 0) (i32.const 0) (i64.const -1)))
  (func (export "prefix") (result i32)
    (call $call (i32.const 5) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1)))
  (func (export "longer") (result i32)
    (call $call (i32.const 5) (i32.const 4) (i32.const 0) (i32.const 0) (i64.const -1)))
  (func (export "case") (result i32)
    (call $call (i32.const 10) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1)))
  (func (export "empty") (result i32)
    (call $call (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i64.const -1))))
;;@ { name = "/ok" }
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\02\00\00\00ok")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 13 | high 0 | memory 1 81deefabf6e0
;;=   none: completed [i32:0xfffffffe] | gas 5012 | high 21 | called modal.call(i32:0x00000000, i32:0x00000005, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/none" returned -2 for 0 of 0 gas given of 994988 left, high 0 | memory 1 81deefabf6e0
;;=   prefix: completed [i32:0xfffffffe] | gas 5009 | high 21 | called modal.call(i32:0x00000005, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/o" returned -2 for 0 of 0 gas given of 994991 left, high 0 | memory 1 81deefabf6e0
;;=   longer: completed [i32:0xfffffffe] | gas 5011 | high 21 | called modal.call(i32:0x00000005, i32:0x00000004, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/oka" returned -2 for 0 of 0 gas given of 994989 left, high 0 | memory 1 81deefabf6e0
;;=   case: completed [i32:0xfffffffe] | gas 5009 | high 21 | called modal.call(i32:0x0000000a, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "OK" returned -2 for 0 of 0 gas given of 994991 left, high 0 | memory 1 81deefabf6e0
;;=   empty: completed [i32:0xfffffffe] | gas 5007 | high 21 | called modal.call(i32:0x00000000, i32:0x00000000, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "" returned -2 for 0 of 0 gas given of 994993 left, high 0 | memory 1 81deefabf6e0
