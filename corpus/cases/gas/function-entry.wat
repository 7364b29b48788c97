;;! about = "entering a function costs one, from the host and from each call, on top of the call operator"
;;! [[run]]
;;! calls = ["one", "two", "three"]
(module
  (func $one (export "one"))
  (func $two (export "two") (call $one))
  (func (export "three") (call $two)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   one: completed [] | gas 1 | high 16
;;=   two: completed [] | gas 3 | high 32
;;=   three: completed [] | gas 5 | high 48
