;;! about = "a local that is read below a block's parameters has its old value behind the block, whatever the block writes to it"
;;! [[run]]
;;! calls = ["f i32:1"]
;; wasmi 0.35.0 keeps the value of the local in a register that it gives to the block's parameter as well (mended in 0.36.1,
;; "invalid overwrite of preserved local register").
;; Treatment: none of its releases before 1.1.0 is used.
(module
  (func (export "f") (param i32) (result i32)
    local.get 0
    i64.const 0
    local.get 0
    block (param i64 i32)
      local.set 0
      drop
    end))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   f: completed [i32:0x00000001] | gas 5 | high 20
