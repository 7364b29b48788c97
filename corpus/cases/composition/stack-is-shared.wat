;;! about = "a called module has the stack that is left less 1,024 words: 20 are enough for it, with none it traps, and with one less the call is too deep"
;;! [[run]]
;;! calls = ["call i32:3222 i32:0", "call i32:3223 i32:0", "call i32:3223 i32:1"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory 1)
  (data (i32.const 0) "/ok")
  (func $ok (result i32) (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (call $call (i32.const 0) (i32.const 3) (i32.const 0) (i32.const 0) (i64.const 500)))
  (func $wider (result i32) (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (call $call (i32.const 0) (i32.const 3) (i32.const 0) (i32.const 0) (i64.const 500)))
  ;; A frame weighs 16 + 2 + 2; 3,224 of them, 16 + 11 + 5 of $ok and 1,024 are 65,536.
  (func $down (export "call") (param $levels i32) (param $wider i32) (result i32)
    (if (result i32) (local.get $levels)
      (then (call $down (i32.sub (local.get $levels) (i32.const 1)) (local.get $wider)))
      (else (if (result i32) (local.get $wider) (then (call $wider)) (else (call $ok)))))))
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
;;=   call: completed [i32:0x00000002] | gas 30933 | high 65535 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0x00000000000001f4) "/ok" returned 2 for 141 of 500 gas given of 969208 left, high 19, result 2689367b205c | memory 1 4545a3126a11
;;=   call: completed [i32:0xfffffff9] | gas 31300 | high 64512 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0x00000000000001f4) "/ok" returned -7 for 500 of 500 gas given of 969200 left, high 0 | memory 1 4545a3126a11
;;=   call: completed [i32:0xfffffffb] | gas 30800 | high 64513 | called modal.call(i32:0x00000000, i32:0x00000003, i32:0x00000000, i32:0x00000000, i64:0x00000000000001f4) "/ok" returned -5 for 0 of 0 gas given of 969200 left, high 0 | memory 1 4545a3126a11
