;;! about = "a module that traps uses its whole budget; the caller goes on; out of gas has a code of its own"
;;! [[run]]
;;! calls = ["call i32:0", "call i32:2", "call i32:4", "call i32:6", "call i32:8", "call i32:10"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory 1)
  (data (i32.const 0) "/a/b/c/d/e/f")
  (func (export "call") (param $name i32) (result i32)
    (call $call (local.get $name) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const 30000))))
;;@ { name = "/a" }
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (unreachable)))
;;@ { name = "/b" }
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.div_s (i32.const 1) (i32.const 0))))
;;@ { name = "/c" }
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.load (i32.const -1))))
;;@ { name = "/d" }
(module
  (import "env" "abort" (func $abort))
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (call $abort)
    (i32.const 0)))
;;@ { name = "/e" }
(module
  (memory (export "memory") 1)
  (func $deep
    (call $deep))
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (call $deep)
    (i32.const 0)))
;;@ { name = "/f" }
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (loop $again
      (br $again))
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 13 | high 0 | memory 1 bc285a0468aa
;;=   call: completed [i32:0xfffffff9] | gas 35009 | high 1064 | called modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0x0000000000007530) "/a" returned -7 for 30000 of 30000 gas given of 994991 left, high 18 | memory 1 bc285a0468aa
;;=   call: completed [i32:0xfffffff9] | gas 35009 | high 1066 | called modal.call(i32:0x00000002, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0x0000000000007530) "/b" returned -7 for 30000 of 30000 gas given of 994991 left, high 20 | memory 1 bc285a0468aa
;;=   call: completed [i32:0xfffffff9] | gas 35009 | high 1065 | called modal.call(i32:0x00000004, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0x0000000000007530) "/c" returned -7 for 30000 of 30000 gas given of 994991 left, high 19 | memory 1 bc285a0468aa
;;=   call: completed [i32:0xfffffff9] | gas 35009 | high 1065 | called modal.call(i32:0x00000006, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0x0000000000007530) "/d" returned -7 for 30000 of 30000 gas given of 994991 left, high 19 [env.abort()] | memory 1 bc285a0468aa
;;=   call: completed [i32:0xfffffff9] | gas 35009 | high 65529 | called modal.call(i32:0x00000008, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0x0000000000007530) "/e" returned -7 for 30000 of 30000 gas given of 994991 left, high 64483 | memory 1 bc285a0468aa
;;=   call: completed [i32:0xfffffffa] | gas 35009 | high 1065 | called modal.call(i32:0x0000000a, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0x0000000000007530) "/f" returned -6 for 30000 of 30000 gas given of 994991 left, high 19 | memory 1 bc285a0468aa
