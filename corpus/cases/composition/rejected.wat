;;! about = "a module that the profile refuses is found and not run, and its cost is that of the call: bytes that are no module, a feature, an import, a name"
;;! [[run]]
;;! calls = ["call i32:0", "call i32:2", "call i32:4", "call i32:6"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory 1)
  (data (i32.const 0) "/a/b/c/d")
  (func (export "call") (param $name i32) (result i32)
    (call $call (local.get $name) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1))))
;;@ { name = "/a" }
(module binary "no module")
;;@ { name = "/b" }
(module (func (result v128) (v128.const i64x2 0 0)))
;;@ { name = "/c" }
(module (import "env" "time" (func (result i64))))
;;@ { name = "/d" }
(module (func (export "modal:gas")))
;;= run 0
;;=   start: completed [] | gas 9 | high 0 | memory 1 d5c52c910ae9
;;=   call: completed [i32:0xfffffffd] | gas 5009 | high 22 | called modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/a" returned -3 for 0 of 0 gas given of 994991 left, high 0 | memory 1 d5c52c910ae9
;;=   call: completed [i32:0xfffffffd] | gas 5009 | high 22 | called modal.call(i32:0x00000002, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/b" returned -3 for 0 of 0 gas given of 994991 left, high 0 | memory 1 d5c52c910ae9
;;=   call: completed [i32:0xfffffffd] | gas 5009 | high 22 | called modal.call(i32:0x00000004, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/c" returned -3 for 0 of 0 gas given of 994991 left, high 0 | memory 1 d5c52c910ae9
;;=   call: completed [i32:0xfffffffd] | gas 5009 | high 22 | called modal.call(i32:0x00000006, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/d" returned -3 for 0 of 0 gas given of 994991 left, high 0 | memory 1 d5c52c910ae9
