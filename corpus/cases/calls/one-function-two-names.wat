;;! about = "a function under two names is one function, and a name may be anything, also empty, odd or like a number"
;;! [[run]]
;;! calls = ["one", "0", "modal", "λ-x.y"]
(module
  (func (export "one") (export "0") (export "modal") (export "λ-x.y") (export "") (result i32) (i32.const 1)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   one: completed [i32:0x00000001] | gas 2 | high 17
;;=   0: completed [i32:0x00000001] | gas 2 | high 17
;;=   modal: completed [i32:0x00000001] | gas 2 | high 17
;;=   λ-x.y: completed [i32:0x00000001] | gas 2 | high 17
