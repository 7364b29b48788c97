;;! about = "a name or arguments that are not UTF-8, and arguments of a byte too many, are told before the name is looked up"
;;! [[run]]
;;! calls = ["call i32:0 i32:1 i32:16 i32:0", "call i32:16 i32:3 i32:0 i32:1", "call i32:16 i32:0 i32:0 i32:1", "call i32:16 i32:3 i32:65536 i32:1048577"]
;;! gas = 2000000
;;! [[run]]
;;! calls = ["call i32:16 i32:3 i32:65536 i32:1048576"]
;;! gas = 3000000
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory 18)
  (data (i32.const 0) "\ff")
  (data (i32.const 16) "/ok")
  (func (export "call") (param $name i32) (param $name_length i32) (param $args i32) (param $args_length i32) (result i32)
    (call $call (local.get $name) (local.get $name_length) (local.get $args) (local.get $args_length) (i64.const -1))))
;;@ { name = "/ok" }
(module
  (memory (export "memory") 17)
  (data (i32.const 0) "\02\00\00\00ok")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 6 | high 0 | memory 18 311b7bb7ca04
;;=   call: completed [i32:0xffffffff] | gas 5008 | high 25 | called modal.call(i32:0x00000000, i32:0x00000001, i32:0x00000010, i32:0x00000000, i64:0xffffffffffffffff) "" returned -1 for 0 of 0 gas given of 1994992 left, high 0 | memory 18 311b7bb7ca04
;;=   call: completed [i32:0xffffffff] | gas 5011 | high 25 | called modal.call(i32:0x00000010, i32:0x00000003, i32:0x00000000, i32:0x00000001, i64:0xffffffffffffffff) "/ok" returned -1 for 0 of 0 gas given of 1994989 left, high 0 | memory 18 311b7bb7ca04
;;=   call: completed [i32:0xffffffff] | gas 5008 | high 25 | called modal.call(i32:0x00000010, i32:0x00000000, i32:0x00000000, i32:0x00000001, i64:0xffffffffffffffff) "" returned -1 for 0 of 0 gas given of 1994992 left, high 0 | memory 18 311b7bb7ca04
;;=   call: completed [i32:0xffffffff] | gas 1053587 | high 25 | called modal.call(i32:0x00000010, i32:0x00000003, i32:0x00010000, i32:0x00100001, i64:0xffffffffffffffff) "/ok" returned -1 for 0 of 0 gas given of 946413 left, high 0 | memory 18 311b7bb7ca04
;;= run 1
;;=   start: completed [] | gas 6 | high 0 | memory 18 311b7bb7ca04
;;=   call: completed [i32:0x00000002] | gas 1055775 | high 1068 | called modal.call(i32:0x00000010, i32:0x00000003, i32:0x00010000, i32:0x00100000, i64:0xffffffffffffffff) "/ok" returned 2 for 2189 of 1000000 gas given of 1946414 left, high 19, result 2689367b205c | memory 18 311b7bb7ca04
