;;! about = "a br_table may go back to a loop header and out of a block from one place"
;;! [[run]]
;;! calls = ["steps i32:0", "steps i32:1", "steps i32:4"]
(module
  (func (export "steps") (param i32) (result i32)
    (block $out
      (loop $again
        (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
        (br_table $out $again $again $again $out (i32.add (local.get 0) (i32.const 1)))))
    (local.get 0)))
;; from 4: 3 (index 4: out); from 1: 0 (index 1: again), -1 (index 0: out); from 0: -1 (index 0: out)
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   steps: completed [i32:0xffffffff] | gas 10 | high 19
;;=   steps: completed [i32:0xffffffff] | gas 18 | high 19
;;=   steps: completed [i32:0x00000003] | gas 10 | high 19
