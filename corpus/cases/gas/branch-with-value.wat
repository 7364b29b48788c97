;;! about = "a br_if that carries a value leaves the value on the stack where it falls through"
;;! [[run]]
;;! calls = ["pick i32:1", "pick i32:0"]
(module
  (func (export "pick") (param i32) (result i32)
    (block (result i32)
      (i32.add
        (br_if 0 (i32.const 10) (local.get 0))
        (i32.const 20)))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   pick: completed [i32:0x0000000a] | gas 4 | high 19
;;=   pick: completed [i32:0x0000001e] | gas 6 | high 19
