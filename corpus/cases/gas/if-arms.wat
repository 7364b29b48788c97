;;! about = "an if costs one, and then only the arm that runs is paid"
;;! [[run]]
;;! calls = ["choose i32:1", "choose i32:0", "maybe i32:1", "maybe i32:0"]
(module
  (func (export "choose") (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (i32.const 7))
      (else (i32.add (i32.const 1) (i32.const 2)))))
  (func (export "maybe") (param i32)
    (if (local.get 0)
      (then (drop (i32.const 1))))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   choose: completed [i32:0x00000007] | gas 4 | high 19
;;=   choose: completed [i32:0x00000003] | gas 6 | high 19
;;=   maybe: completed [] | gas 4 | high 18
;;=   maybe: completed [] | gas 3 | high 18
