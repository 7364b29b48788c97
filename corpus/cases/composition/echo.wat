;;! about = "a call costs 5,000, a byte of its name and arguments, what the module used with its page and its output, and a byte of the result copied"
;;! [[run]]
;;! calls = ["run"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (import "modal" "result" (func $result (param i32)))
  (memory 1)
  (data (i32.const 0) "/echo")
  (data (i32.const 16) "hello")
  (global $length (mut i32) (i32.const 0))
  ;; The entry, 7 operators to the global.set, 5,000 + 5 + 5; the module's 128 for its page, 2 in alloc, 9 in execute and 5 for
  ;; the output; 2 operators and 5 bytes: 5,169.
  (func (export "run")
    (global.set $length
      (call $call (i32.const 0) (i32.const 5) (i32.const 16) (i32.const 5) (i64.const -1)))
    (call $result (i32.const 32))))
;;@ { name = "/echo", gas = 5000 }
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param $length i32) (result i32)
    (i32.const 1024))
  (func (export "execute") (param $at i32) (param $length i32) (result i32)
    (i32.store (i32.sub (local.get $at) (i32.const 4)) (local.get $length))
    (i32.sub (local.get $at) (i32.const 4))))
;;= run 0
;;=   start: completed [] | gas 13 | high 0 | memory 1 ffb608a5342b | globals i32:0x00000000
;;=   run: completed [] | gas 5169 | high 1065 | called modal.call(i32:0x00000000, i32:0x00000005, i32:0x00000010, i32:0x00000005, i64:0xffffffffffffffff) "/echo" returned 5 for 144 of 5000 gas given of 994983 left, high 20, result 2cf24dba5fb0 | memory 1 7ebb9777d816 | globals i32:0x00000005
