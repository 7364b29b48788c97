;;! about = "what was read of a local before a structure with parameters is not what is written to it inside"
;;! [[run]]
;;! calls = ["loop i32:7", "if i32:0", "if i32:1"]
;; wasmi 2.0.0 keeps a `local.get` as a name for the local and makes copies where control may split. It wants to leave out
;; the parameters of the structure, counts locals instead of operands (`PreservedAllLocalsIter::find_next_local` in
;; `engine/translator/func/stack/operands.rs`), and so leaves out a local below a parameter that is none: `loop` returns
;; the 1 that was written later, `if` something that was never written.
;; Treatment: that release is not used; wasmi is pinned to 1.1.0, the newest that passes.
(module
  (func (export "loop") (param i32) (result i32)
    (local i32)
    local.get 0
    i32.const 1
    loop (param i32)
      local.set 0
      i32.const 2
      local.get 1
      i32.eqz
      i32.const 1
      local.set 1
      br_if 0
      drop
    end)
  (func (export "if") (param i32) (result i32)
    (local i32)
    local.get 1
    i32.const 1
    local.get 0
    if (param i32)
      local.set 1
    else
      drop
    end))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   loop: completed [i32:0x00000007] | gas 17 | high 22
;;=   if: completed [i32:0x00000000] | gas 5 | high 21
;;=   if: completed [i32:0x00000000] | gas 6 | high 21
