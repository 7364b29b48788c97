;;! about = "operands are evaluated from left to right: the first that traps is the one that is seen"
;;! [[run]]
;;! calls = ["left", "right"]
(module
  (func $divide (result i32) (i32.div_s (i32.const 1) (i32.const 0)))
  (func $stop (result i32) unreachable)
  (func (export "left") (result i32) (i32.add (call $divide) (call $stop)))
  (func (export "right") (result i32) (i32.add (call $stop) (call $divide))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   left: trapped IntegerDivisionByZero | gas 1000000 | high 36
;;=   right: trapped Unreachable | gas 1000000 | high 34
