;;! about = "the method stands behind the first # of the name; without one it is execute, and the empty one is a method too"
;;! [[run]]
;;! calls = ["call i32:0 i32:2", "call i32:0 i32:6", "call i32:6 i32:3", "call i32:9 i32:6", "call i32:15 i32:5"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (import "modal" "result" (func $result (param i32)))
  (memory 1)
  (data (i32.const 0) "/m#one/m#/m#a#b/m#no")
  (func (export "call") (param $name i32) (param $length i32) (result i32 i32)
    (call $call (local.get $name) (local.get $length) (i32.const 0) (i32.const 0) (i64.const -1))
    (call $result (i32.const 64))
    (i32.load8_u (i32.const 64))))
;;@ { name = "/m" }
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\01\00\00\00e...\01\00\00\001...\01\00\00\000...\01\00\00\00#...")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0))
  (func (export "one") (param i32 i32) (result i32)
    (i32.const 8))
  (func (export "") (param i32 i32) (result i32)
    (i32.const 16))
  (func (export "a#b") (param i32 i32) (result i32)
    (i32.const 24)))
;;= run 0
;;=   start: completed [] | gas 21 | high 0 | memory 1 3a4c2eff6e5f
;;=   call: completed [i32:0x00000001, i32:0x00000065] | gas 5180 | high 1066 | called modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/m" returned 1 for 166 of 979445 gas given of 994991 left, high 19, result 3f79bb7b435b | memory 1 ac395b218046
;;=   call: completed [i32:0x00000001, i32:0x00000031] | gas 5184 | high 1066 | called modal.call(i32:0x00000000, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/m#one" returned 1 for 166 of 979441 gas given of 994987 left, high 19, result 6b86b273ff34 | memory 1 fbc80743e9ce
;;=   call: completed [i32:0x00000001, i32:0x00000030] | gas 5181 | high 1066 | called modal.call(i32:0x00000006, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/m#" returned 1 for 166 of 979444 gas given of 994990 left, high 19, result 5feceb66ffc8 | memory 1 1bf40a6b5916
;;=   call: completed [i32:0x00000001, i32:0x00000023] | gas 5184 | high 1066 | called modal.call(i32:0x00000009, i32:0x00000006, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/m#a#b" returned 1 for 166 of 979441 gas given of 994987 left, high 19, result 334359b90efe | memory 1 08504a192b66
;;=   call: completed [i32:0xfffffff8, i32:0x00000023] | gas 984458 | high 23 | called modal.call(i32:0x0000000f, i32:0x00000005, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/m#no" returned -8 for 979442 of 979442 gas given of 994988 left, high 0 | memory 1 08504a192b66
