;;! about = "code after return, br, br_table and unreachable costs nothing and weighs nothing, nested structures included"
;;! [[run]]
;;! calls = ["after-return", "after-branch", "after-table", "nested"]
(module
  (func $f)
  (func (export "after-return") (result i32)
    (return (i32.const 1))
    (call $f)
    (i32.add (i32.add (i32.const 1) (i32.const 2)) (i32.const 3)))
  (func (export "after-branch")
    (block
      br 0
      i64.const 1 i64.const 2 i64.const 3
      drop drop drop))
  (func (export "after-table")
    (block
      (br_table 0 0 (i32.const 0))
      (call $f)))
  (func (export "nested")
    (block
      (br 0)
      (loop (if (i32.const 1) (then (call $f)) (else (br 1))))
      (block (block (call $f))))
    (drop (i32.const 1))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   after-return: completed [i32:0x00000001] | gas 2 | high 17
;;=   after-branch: completed [] | gas 2 | high 16
;;=   after-table: completed [] | gas 3 | high 17
;;=   nested: completed [] | gas 3 | high 17
