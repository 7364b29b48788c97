;;! about = "a called module is started too: a start that traps, that spends, that calls"
;;! [[run]]
;;! calls = ["call i32:0", "call i32:2", "call i32:4"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory 1)
  (data (i32.const 0) "/t/s/c")
  (func (export "call") (param $name i32) (result i32)
    (call $call (local.get $name) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const 9000))))
;;@ { name = "/t" }
(module
  (memory (export "memory") 1)
  (func $start
    (unreachable))
  (start $start)
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;@ { name = "/s" }
(module
  (memory (export "memory") 1)
  (func $start
    (drop (i32.const 1)))
  (start $start)
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;@ { name = "/c" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (func $start
    (i32.store (i32.const 0) (call $call (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i64.const 0)))
    (i32.store (i32.const 0) (i32.const 0)))
  (start $start)
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 7 | high 0 | memory 1 2289685f793c
;;=   call: completed [i32:0xfffffff9] | gas 14009 | high 1062 | called modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0x0000000000002328) "/t" returned -7 for 9000 of 9000 gas given of 994991 left, high 16 | memory 1 2289685f793c
;;=   call: completed [i32:0x00000000] | gas 5143 | high 1065 | called modal.call(i32:0x00000002, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0x0000000000002328) "/s" returned 0 for 134 of 9000 gas given of 994991 left, high 19, result e3b0c44298fc | memory 1 2289685f793c
;;=   call: completed [i32:0x00000000] | gas 10153 | high 1068 | called modal.call(i32:0x00000004, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0x0000000000002328) "/c" returned 0 for 5144 of 9000 gas given of 994991 left, high 22, result e3b0c44298fc [modal.call(i32:0x00000000, i32:0x00000000, i32:0x00000000, i32:0x00000000, i64:0x0000000000000000) "" returned -2 for 0 of 0 gas given of 3864 left, high 0] | memory 1 2289685f793c
