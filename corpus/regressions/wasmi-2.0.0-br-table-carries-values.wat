;;! about = "a table of branches takes its values off the operands below them"
;;! [[run]]
;;! calls = ["values i32:0", "values i32:1"]
;; wasmi 2.0.0 moves no values where all targets are equally high, though there may be operands between a target's height
;; and the values (`visit_br_table` in `engine/translator/func/visit.rs`): all results but the last are wrong.
;; Treatment: that release is not used; wasmi is pinned to 1.1.0, the newest that passes.
(module
  (func (export "values") (param i32) (result i32 i32)
    block (result i32 i32)
      i32.const 6
      i32.const 7
      i32.const 8
      local.get 0
      br_table 0 1
    end))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   values: completed [i32:0x00000007, i32:0x00000008] | gas 6 | high 21
;;=   values: completed [i32:0x00000007, i32:0x00000008] | gas 6 | high 21
