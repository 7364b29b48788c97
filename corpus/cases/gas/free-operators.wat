;;! about = "nop, drop, block, loop, else, end and return cost nothing: only the entry and the other operators are paid"
;;! [[run]]
;;! calls = ["nothing", "nop", "drop", "block", "loop", "else i32:1", "else i32:0", "return"]
(module
  (func (export "nothing"))
  (func (export "nop") nop nop nop)
  (func (export "drop") (drop (i32.const 1)))
  (func (export "block") (block (block)))
  (func (export "loop") (loop (loop)))
  (func (export "else") (param i32) (if (local.get 0) (then nop) (else nop)))
  (func (export "return") return))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   nothing: completed [] | gas 1 | high 16
;;=   nop: completed [] | gas 1 | high 16
;;=   drop: completed [] | gas 2 | high 17
;;=   block: completed [] | gas 1 | high 16
;;=   loop: completed [] | gas 1 | high 16
;;=   else: completed [] | gas 3 | high 18
;;=   else: completed [] | gas 3 | high 18
;;=   return: completed [] | gas 1 | high 16
