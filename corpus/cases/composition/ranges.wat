;;! about = "a name or arguments outside the memory stop the caller, empty ones too, but only after their bytes are charged"
;;! [[run]]
;;! calls = ["call i32:65533 i32:3 i32:65536 i32:0"]
;;! [[run]]
;;! calls = ["call i32:65534 i32:3 i32:0 i32:0"]
;;! [[run]]
;;! calls = ["call i32:0 i32:3 i32:65535 i32:2"]
;;! [[run]]
;;! calls = ["call i32:65537 i32:0 i32:0 i32:0"]
;;! [[run]]
;;! calls = ["call i32:0 i32:0 i32:65537 i32:0"]
;;! [[run]]
;;! calls = ["call i32:0 i32:-1 i32:0 i32:0"]
;;! [[run]]
;;! calls = ["call i32:65534 i32:3 i32:0 i32:0"]
;;! gas = 5010
;;! [[run]]
;;! calls = ["call i32:65534 i32:3 i32:0 i32:0"]
;;! gas = 5009
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory 1)
  (data (i32.const 0) "/ok")
  ;; 5,010 of gas are spent when the ranges are looked at: the entry, 6 operators, 5,000 and 3.
  (func (export "call") (param $name i32) (param $name_length i32) (param $args i32) (param $args_length i32) (result i32)
    (call $call (local.get $name) (local.get $name_length) (local.get $args) (local.get $args_length) (i64.const -1))))
;;@ { name = "/ok" }
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\02\00\00\00ok")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: completed [i32:0xfffffffe] | gas 5010 | high 25 | called modal.call(i32:0x0000fffd, i32:0x00000003, i32:0x00010000, i32:0x00000000, i64:0xffffffffffffffff) "\0\0\0" returned -2 for 0 of 0 gas given of 994990 left, high 0 | memory 1 4545a3126a11
;;= run 1
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: trapped MemoryOutOfBounds | gas 1000000 | high 25 | called modal.call(i32:0x0000fffe, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) | memory 1 4545a3126a11
;;= run 2
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: trapped MemoryOutOfBounds | gas 1000000 | high 25 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x0000ffff, i32:0x00000002, i64:0xffffffffffffffff) | memory 1 4545a3126a11
;;= run 3
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: trapped MemoryOutOfBounds | gas 1000000 | high 25 | called modal.call(i32:0x00010001, i32:0x00000000, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) | memory 1 4545a3126a11
;;= run 4
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: trapped MemoryOutOfBounds | gas 1000000 | high 25 | called modal.call(i32:0x00000000, i32:0x00000000, i32:0x00010001, i32:0x00000000, i64:0xffffffffffffffff) | memory 1 4545a3126a11
;;= run 5
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: trapped OutOfGas | gas 1000000 | high 25 | called modal.call(i32:0x00000000, i32:0xffffffff, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) | memory 1 4545a3126a11
;;= run 6
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: trapped MemoryOutOfBounds | gas 5010 | high 25 | called modal.call(i32:0x0000fffe, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) | memory 1 4545a3126a11
;;= run 7
;;=   start: completed [] | gas 4 | high 0 | memory 1 4545a3126a11
;;=   call: trapped OutOfGas | gas 5009 | high 25 | called modal.call(i32:0x0000fffe, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) | memory 1 4545a3126a11
