;;! about = "br, br_if, br_table, if and else are no checkpoints"
;;! [[run]]
;;! calls = ["run"]
;;! gas = 1
(module
  (func (export "run")
    (block (br 0))
    (block (br_if 0 (i32.const 1)))
    (block (block (br_table 0 1 (i32.const 1))))
    (if (i32.const 0) (then) (else (drop (i32.const 1))))
    unreachable))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   run: trapped Unreachable | gas 1 | high 17
