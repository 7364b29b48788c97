;;! about = "a local that is read below a loop has its old value behind it, whatever the loop writes to it"
;;! [[run]]
;;! calls = ["f i32:7"]
;; wasmi 0.35.0 does not keep the value of a local that a loop writes to: what lies on the stack becomes what the loop wrote
;; (mended in 0.36.4, "local preservation when translating Wasm loop control flow").
;; Treatment: none of its releases before 1.1.0 is used.
(module
  (func (export "f") (param i32) (result i32)
    (local i32)
    local.get 1
    loop
      local.get 1
      local.get 0
      local.tee 1
      i32.lt_u
      br_if 0
    end))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   f: completed [i32:0x00000000] | gas 12 | high 21
