;;! about = "a result that the caller has no room for is kept until there is"
;;! [[run]]
;;! calls = ["grown"]
;;! gas = 2000000
;;! [[run]]
;;! calls = ["small"]
;;! gas = 2000000
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (import "modal" "result" (func $result (param i32)))
  (memory 1)
  (data (i32.const 0) "/big")
  (func $big (result i32)
    (call $call (i32.const 0) (i32.const 4) (i32.const 0) (i32.const 0) (i64.const -1)))
  (func (export "small") (result i32)
    (call $big)
    (call $result (i32.const 0)))
  (func (export "grown") (result i32)
    (call $big)
    (drop (memory.grow (i32.const 1)))
    (call $result (i32.const 0))))
;;@ { name = "/big" }
(module
  (memory (export "memory") 2)
  (data (i32.const 0) "\70\11\01\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 5 | high 0 | memory 1 dedbf7a5bf9e
;;=   grown: completed [i32:0x00011170] | gas 145410 | high 1082 | called modal.call(i32:0x00000000, i32:0x00000004, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/big" returned 70000 for 70265 of 1000000 gas given of 1994987 left, high 19, result f51b27990303 | memory 2 e3b0c44298fc
;;= run 1
;;=   start: completed [] | gas 5 | high 0 | memory 1 dedbf7a5bf9e
;;=   small: trapped MemoryOutOfBounds | gas 2000000 | high 1082 | called modal.call(i32:0x00000000, i32:0x00000004, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/big" returned 70000 for 70265 of 1000000 gas given of 1994987 left, high 19, result f51b27990303 | memory 1 dedbf7a5bf9e
