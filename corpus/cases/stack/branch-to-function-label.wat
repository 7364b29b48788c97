;;! about = "a branch to the function's own label returns its operands as results, from any depth"
;;! [[run]]
;;! calls = ["pick i32:0", "pick i32:1", "pick i32:2", "pick i32:3"]
(module
  (func (export "pick") (param i32) (result i32 i64)
    (block
      (block
        (block
          (br_table 0 1 2 (local.get 0)))
        (br 2 (i32.const 10) (i64.const 100)))
      (drop (drop (br_if 1 (i32.const 20) (i64.const 200) (i32.const 1)))))
    (return (i32.const 30) (i64.const 300))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   pick: completed [i32:0x0000000a, i64:0x0000000000000064] | gas 6 | high 20
;;=   pick: completed [i32:0x00000014, i64:0x00000000000000c8] | gas 7 | high 20
;;=   pick: completed [i32:0x0000001e, i64:0x000000000000012c] | gas 5 | high 20
;;=   pick: completed [i32:0x0000001e, i64:0x000000000000012c] | gas 5 | high 20
