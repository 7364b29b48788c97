;;! about = "blocks, loops and functions with several parameters and results cost no more than their operators"
;;! [[run]]
;;! calls = ["swap i32:1 i32:2", "three", "block", "loop i32:3", "call"]
(module
  (func $swap (export "swap") (param i32 i32) (result i32 i32)
    (local.get 1) (local.get 0))
  (func (export "three") (result i32 i64 f32)
    (i32.const 1) (i64.const 2) (f32.const 3))
  (func (export "block") (result i32)
    i32.const 1
    i32.const 2
    block (param i32 i32) (result i32)
      i32.add
    end)
  (func (export "loop") (param i32) (result i32)
    local.get 0
    loop (param i32) (result i32)
      i32.const 1
      i32.sub
      local.tee 0
      local.get 0
      br_if 0
    end)
  (func (export "call") (result i32)
    (call $swap (i32.const 5) (i32.const 3))
    i32.sub))
;; call: entry const const call, entry get get, sub; results 3 5, and 3 - 5
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   swap: completed [i32:0x00000002, i32:0x00000001] | gas 3 | high 20
;;=   three: completed [i32:0x00000001, i64:0x0000000000000002, f32:0x40400000] | gas 4 | high 19
;;=   block: completed [i32:0x00000003] | gas 4 | high 18
;;=   loop: completed [i32:0x00000000] | gas 17 | high 19
;;=   call: completed [i32:0xfffffffe] | gas 8 | high 38
