;;! about = "eight calls can be open: the ninth is refused, and the refusal is passed on from module to module"
;;! [[run]]
;;! calls = ["call i32:0", "call i32:2"]
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (import "modal" "result" (func $result (param i32)))
  (memory 1)
  (data (i32.const 0) "/1/2")
  ;; From /1 on the chain is nine calls long, from /2 on eight: /9 ends it.
  (func (export "call") (param $name i32) (result i32 i32)
    (call $call (local.get $name) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1))
    (call $result (i32.const 64))
    (i32.load8_u (i32.const 64))))
;;@ { name = "/1" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/2")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32)))
;;@ { name = "/2" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/3")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32)))
;;@ { name = "/3" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/4")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32)))
;;@ { name = "/4" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/5")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32)))
;;@ { name = "/5" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/6")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32)))
;;@ { name = "/6" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/7")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32)))
;;@ { name = "/7" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/8")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32)))
;;@ { name = "/8" }
(module
  (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/9")
  (data (i32.const 32) "\01\00\00\00")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  ;; The output is a byte: the code, as a digit, or the length.
  (func (export "execute") (param i32 i32) (result i32)
    (local $code i32)
    (local.set $code (call $call (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0) (i64.const -1)))
    (i32.store8 (i32.const 36) (i32.sub (i32.const 48) (local.get $code)))
    (i32.const 32)))
;;@ { name = "/9" }
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\02\00\00\00ok")
  (func (export "alloc") (param i32) (result i32)
    (i32.const 64))
  (func (export "execute") (param i32 i32) (result i32)
    (i32.const 0)))
;;= run 0
;;=   start: completed [] | gas 5 | high 0 | memory 1 c385023fa5c9
;;=   call: completed [i32:0x00000001, i32:0x0000002f] | gas 46254 | high 8406 | called modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/1" returned 1 for 41240 of 979445 gas given of 994991 left, high 7360, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/2" returned 1 for 36085 of 959075 gas given of 974298 left, high 6312, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/3" returned 1 for 30930 of 939023 gas given of 953928 left, high 5264, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/4" returned 1 for 25775 of 919285 gas given of 933876 left, high 4216, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/5" returned 1 for 20620 of 899855 gas given of 914138 left, high 3168, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/6" returned 1 for 15465 of 880729 gas given of 894708 left, high 2120, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/7" returned 1 for 10310 of 861902 gas given of 875582 left, high 1072, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/8" returned 1 for 5155 of 843369 gas given of 856755 left, high 24, result ef2d127de37b [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/9" returned -5 for 0 of 0 gas given of 838222 left, high 0]]]]]]]] | memory 1 eef96ef32d87
;;=   call: completed [i32:0x00000001, i32:0x0000002f] | gas 41240 | high 8401 | called modal.call(i32:0x00000002, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/2" returned 1 for 36226 of 979445 gas given of 994991 left, high 7355, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/3" returned 1 for 31071 of 959075 gas given of 974298 left, high 6307, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/4" returned 1 for 25916 of 939023 gas given of 953928 left, high 5259, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/5" returned 1 for 20761 of 919285 gas given of 933876 left, high 4211, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/6" returned 1 for 15606 of 899855 gas given of 914138 left, high 3163, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/7" returned 1 for 10451 of 880729 gas given of 894708 left, high 2115, result 8a5edab28263 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/8" returned 1 for 5296 of 861902 gas given of 875582 left, high 1067, result cdb4ee2aea69 [modal.call(i32:0x00000000, i32:0x00000002, i32:0x00000000, i32:0x00000000, i64:0xffffffffffffffff) "/9" returned 2 for 141 of 843369 gas given of 856755 left, high 19, result 2689367b205c]]]]]]] | memory 1 eef96ef32d87
