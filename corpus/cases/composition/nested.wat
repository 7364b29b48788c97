;;! about = "what a module calls is charged to it, and what it used with that to its caller"
;;! [[run]]
;;! calls = ["run"]
;;! [[run]]
;;! calls = ["run"]
;;! gas = 16000
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (import "modal" "result" (func $result (param i32)))
  (memory 1)
  (data (i32.const 0) "/a")
  (func (export "run") (result i32 i32)
    (call $call (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1))
    (call $result (i32.const 64))
    (i32.load8_u (i32.const 64))))
;;@ { name = "/a" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/b")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32)))
;;@ { name = "/b" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/ok")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 3) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32)))
;;@ { name = "/ok" }
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\02\00\00\00ok")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 3 | high 0 | memory 1 6a50dc858413
;;=   run: completed [i32:0x00000001, i32:0x0000002f] | gas 15467 | high 3160 | called modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/a" returned 1 for 10453 of 979445 gas given of 994991 left, high 2115, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/b" returned 1 for 5298 of 959075 gas given of 974298 left, high 1067, result cdb4ee2aea69 [modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 939021 gas given of 953926 left, high 19, result 2689367b205c]] | memory 1 47831bbf30e7
;;= run 1
;;=   start: completed [] | gas 3 | high 0 | memory 1 6a50dc858413
;;=   run: completed [i32:0x00000001, i32:0x0000002f] | gas 15467 | high 3160 | called modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/a" returned 1 for 10453 of 10820 gas given of 10991 left, high 2115, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/b" returned 1 for 5298 of 5585 gas given of 5673 left, high 1067, result cdb4ee2aea69 [modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/ok" returned 2 for 141 of 430 gas given of 436 left, high 19, result 2689367b205c]] | memory 1 47831bbf30e7
