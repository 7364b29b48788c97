;;! about = "a local is stored at the address that it holds, far off"
;;! [[run]]
;;! calls = ["store"]
;; wasmi 2.0.0 panics while it translates: address and value are in the one register, and it has no operator for that
;; where the offset needs more than sixteen bits (`choose_store_op_vt` in `engine/translator/func/mod.rs`).
;; Treatment: that release is not used; wasmi is pinned to 1.1.0, the newest that passes.
(module
  (memory 2)
  (global (mut i32) (i32.const 16))
  (func (export "store") (result i32)
    (local i32)
    global.get 0
    local.tee 0
    local.get 0
    i32.store offset=65536
    (i32.load offset=65536 (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 1 | high 0 | memory 2 e3b0c44298fc | globals i32:0x00000010
;;=   store: completed [i32:0x00000010] | gas 7 | high 19 | memory 2 f6b5295f1531 | globals i32:0x00000010
