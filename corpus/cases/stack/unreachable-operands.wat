;;! about = "code that validation finds unreachable weighs nothing, but behind the end of its block the block's results count"
;;! [[run]]
;;! calls = ["dead", "after", "arms"]
(module
  (func (export "dead")
    return
    i32.const 1 i32.const 2 i32.const 3
    drop drop drop)
  (func (export "after")
    (block (return))
    (drop (i32.add (i32.const 1) (i32.const 2))))
  (func (export "arms")
    (block (result i32 i32 i32) (return))
    drop drop drop))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   dead: completed [] | gas 1 | high 16
;;=   after: completed [] | gas 1 | high 18
;;=   arms: completed [] | gas 1 | high 19
