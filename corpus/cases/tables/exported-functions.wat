;;! about = "a function that is only exported and referred to by ref.func of its own is known by its index too"
;;! [[run]]
;;! calls = ["self", "abort"]
(module
  (import "env" "abort" (func $abort))
  (elem declare func $abort)
  (func $self (export "self") (result funcref) (ref.func $self))
  (func (export "abort") (result funcref) (ref.func $abort)))
;;= run 0
;;=   start: completed [] | gas 1 | high 0
;;=   self: completed [funcref:1] | gas 2 | high 17
;;=   abort: completed [funcref:0] | gas 2 | high 17
