;;! about = "a br costs one, and what it jumps over costs nothing"
;;! [[run]]
;;! calls = ["out", "far"]
(module
  (func (export "out")
    (block
      (br 0)
      (drop (i32.add (i32.const 1) (i32.const 2)))))
  (func (export "far") (result i32)
    (block (result i32)
      (block
        (br 1 (i32.const 9)))
      (i32.add (i32.const 1) (i32.const 2)))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   out: completed [] | gas 2 | high 16
;;=   far: completed [i32:0x00000009] | gas 3 | high 18
