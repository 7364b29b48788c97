;;! about = "unreachable traps as itself, from any depth of calls and structures"
;;! [[run]]
;;! calls = ["plain", "nested i32:1", "nested i32:0", "deep"]
(module
  (func $plain (export "plain") unreachable)
  (func (export "nested") (param i32) (result i32)
    (block (result i32)
      (if (local.get 0) (then (loop unreachable)))
      (i32.const 3)))
  (func $middle (call $plain))
  (func (export "deep") (call $middle)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   plain: trapped Unreachable | gas 1000000 | high 16
;;=   nested: trapped Unreachable | gas 1000000 | high 18
;;=   nested: completed [i32:0x00000003] | gas 4 | high 18
;;=   deep: trapped Unreachable | gas 1000000 | high 48
