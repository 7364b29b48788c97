;;! about = "an if without else that is not taken passes its parameter through"
;;! [[run]]
;;! calls = ["pass i32:0", "pass i32:1"]
;; wasmi 2.0.0 takes the local for what the branch not taken left in the register: it does not forget at the end of the
;; `if` which local the register holds (`translate_end_if` in `engine/translator/func/mod.rs`). With debug assertions it
;; panics: "a register operand already exists on the stack".
;; Treatment: that release is not used; wasmi is pinned to 1.1.0, the newest that passes.
(module
  (func (export "pass") (param i32) (result f64)
    (local f64)
    f64.const 9
    local.set 1
    local.get 1
    local.get 0
    if (param f64) (result f64)
      f64.const 3
      f64.sub
      local.set 1
      f64.const 1
    end))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   pass: completed [f64:0x4022000000000000] | gas 6 | high 20
;;=   pass: completed [f64:0x3ff0000000000000] | gas 10 | high 20
