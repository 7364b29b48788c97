;;! about = "what was read of a local before a loop is not the loop's parameter"
;;! [[run]]
;;! calls = ["below f64:2.25"]
;; wasmi 2.0.0 moves the parameter of the loop into a register, and only then copies the local that this register held
;; (`visit_loop` in `engine/translator/func/visit.rs`): `below` returns its argument instead of the root.
;; Treatment: that release is not used; wasmi is pinned to 1.1.0, the newest that passes.
(module
  (func (export "below") (param f64) (result f64)
    (local f64)
    local.get 0
    f64.sqrt
    local.set 1
    local.get 1
    local.get 0
    loop (param f64)
      drop
    end))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   below: completed [f64:0x3ff8000000000000] | gas 6 | high 20
