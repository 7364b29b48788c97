;;! about = "a trap deep in the stack gives all of it back: the next call starts afresh, with a high-water of its own"
;;! [[run]]
;;! calls = ["dive i32:100", "shallow", "dive i32:3000", "exhaust", "dive i32:3000", "shallow"]
(module
  (func $dive (export "dive") (param i32)
    (if (local.get 0)
      (then (call $dive (i32.sub (local.get 0) (i32.const 1))))
      (else unreachable)))
  (func $exhaust (export "exhaust") (call $exhaust))
  (func (export "shallow")))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   dive: trapped Unreachable | gas 1000000 | high 1919
;;=   shallow: completed [] | gas 1 | high 16
;;=   dive: trapped Unreachable | gas 1000000 | high 57019
;;=   exhaust: trapped CallStackExhausted | gas 1000000 | high 65536
;;=   dive: trapped Unreachable | gas 1000000 | high 57019
;;=   shallow: completed [] | gas 1 | high 16
