;;! about = "the then arm ends in unreachable; the else arm is reachable again and is charged"
;;! [[run]]
;;! calls = ["run i32:0", "run i32:1"]
(module
  (func (export "run") (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (drop (i32.const 1)) unreachable)
      (else (i32.const 4)))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   run: completed [i32:0x00000004] | gas 4 | high 18
;;=   run: trapped Unreachable | gas 1000000 | high 18
