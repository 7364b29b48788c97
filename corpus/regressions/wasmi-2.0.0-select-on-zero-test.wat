;;! about = "a select on a comparison of a local with zero looks at the local"
;;! [[run]]
;;! calls = [
;;!   "eqz i32:7 i32:0", "eqz i32:7 i32:1", "eq i32:7 i32:0", "eq i32:7 i32:1", "ne i32:7 i32:0", "ne i32:7 i32:1",
;;! ]
;; wasmi 2.0.0 merges the comparison into the select and drops it, but goes on to select on the register that was to hold
;; its result (`try_fuse_select` in `engine/translator/func/mod.rs`): what an earlier operator left there decides.
;; Treatment: that release is not used; wasmi is pinned to 1.1.0, the newest that passes.
(module
  (func (export "eqz") (param i32 i32) (result i32)
    (select (i32.const 1) (local.get 0) (i32.eqz (local.get 1))))
  (func (export "eq") (param i32 i32) (result i32)
    (select (i32.const 1) (local.get 0) (i32.eq (local.get 1) (i32.const 0))))
  (func (export "ne") (param i32 i32) (result i32)
    (select (i32.const 1) (local.get 0) (i32.ne (local.get 1) (i32.const 0)))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   eqz: completed [i32:0x00000001] | gas 6 | high 21
;;=   eqz: completed [i32:0x00000007] | gas 6 | high 21
;;=   eq: completed [i32:0x00000001] | gas 7 | high 22
;;=   eq: completed [i32:0x00000007] | gas 7 | high 22
;;=   ne: completed [i32:0x00000007] | gas 7 | high 22
;;=   ne: completed [i32:0x00000001] | gas 7 | high 22
