;;! about = "results that no reachable code leaves weigh nothing: behind the body's own end there is no position"
;;! [[run]]
;;! calls = ["three"]
(module
  (func (export "three") (result i32 i32 i32) unreachable))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   three: trapped Unreachable | gas 1000000 | high 16
