;;! about = "a loop that is left from its middle costs what ran before the branch"
;;! [[run]]
;;! calls = ["run i32:1", "run i32:0"]
(module
  (func (export "run") (param i32)
    (block $out
      (loop
        (drop (i32.const 1))
        (br_if $out (local.get 0))
        (drop (i32.const 2))))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   run: completed [] | gas 4 | high 18
;;=   run: completed [] | gas 5 | high 18
