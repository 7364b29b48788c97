;;! about = "a module that breaks the ABI uses its whole budget: by its exports nothing runs, by what it returns all has run"
;;! [[run]]
;;! calls = ["call i32:0", "call i32:2", "call i32:4", "call i32:6", "call i32:8"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory 1)
  (data (i32.const 0) "/a/b/c/d/e")
  (func (export "call") (param $name i32) (result i32)
    (call $call (local.get $name) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const 500))))
;;@ { name = "/a" }
(module (memory (export "memory") 1))
;;@ { name = "/b" }
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i64) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;@ { name = "/c" }
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 65533)))
;;@ { name = "/d" }
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\01\00\00\00\ff")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;@ { name = "/e" }
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\01\00\10\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 11 | high 0 | memory 1 0cd62835b3c3
;;=   call: completed [i32:0xfffffff8] | gas 5509 | high 22 | called modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0x00000000000001f4) "/a" returned -8 for 500 of 500 gas given of 994991 left, high 0 | memory 1 0cd62835b3c3
;;=   call: completed [i32:0xfffffff8] | gas 5509 | high 22 | called modal.call(i32:0x00000002, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0x00000000000001f4) "/b" returned -8 for 500 of 500 gas given of 994991 left, high 0 | memory 1 0cd62835b3c3
;;=   call: completed [i32:0xfffffff8] | gas 5509 | high 1065 | called modal.call(i32:0x00000004, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0x00000000000001f4) "/c" returned -8 for 500 of 500 gas given of 994991 left, high 19 | memory 1 0cd62835b3c3
;;=   call: completed [i32:0xfffffff8] | gas 5509 | high 1065 | called modal.call(i32:0x00000006, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0x00000000000001f4) "/d" returned -8 for 500 of 500 gas given of 994991 left, high 19 | memory 1 0cd62835b3c3
;;=   call: completed [i32:0xfffffff8] | gas 5509 | high 1065 | called modal.call(i32:0x00000008, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0x00000000000001f4) "/e" returned -8 for 500 of 500 gas given of 994991 left, high 19 | memory 1 0cd62835b3c3
