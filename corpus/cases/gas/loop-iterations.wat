;;! about = "a loop costs its operators once per iteration; the loop operator itself is free"
;;! [[run]]
;;! calls = ["count i32:1", "count i32:10", "count i32:1000"]
(module
  (func (export "count") (param i32)
    (loop $again
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   count: completed [] | gas 6 | high 19
;;=   count: completed [] | gas 51 | high 19
;;=   count: completed [] | gas 5001 | high 19
