;;! about = "every way out of a function gives its words back: ten thousand calls in a loop weigh no more than one"
;;! [[run]]
;;! calls = ["end", "return", "branch", "branch-if", "branch-table", "nested"]
(module
  (func $end (nop))
  (func $return (return))
  (func $branch (br 0))
  (func $branch-if (br_if 0 (i32.const 1)) unreachable)
  (func $branch-table (br_table 0 0 (i32.const 0)))
  (func $nested (block (loop (if (i32.const 1) (then (br 3))))) unreachable)
  ;; An iteration costs 8 and what the callee costs.
  (func (export "end") (local $n i32)
    (loop $again (call $end)
      (br_if $again (i32.ne (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 10000)))))
  (func (export "return") (local $n i32)
    (loop $again (call $return)
      (br_if $again (i32.ne (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 10000)))))
  (func (export "branch") (local $n i32)
    (loop $again (call $branch)
      (br_if $again (i32.ne (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 10000)))))
  (func (export "branch-if") (local $n i32)
    (loop $again (call $branch-if)
      (br_if $again (i32.ne (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 10000)))))
  (func (export "branch-table") (local $n i32)
    (loop $again (call $branch-table)
      (br_if $again (i32.ne (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 10000)))))
  (func (export "nested") (local $n i32)
    (loop $again (call $nested)
      (br_if $again (i32.ne (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 10000))))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   end: completed [] | gas 90001 | high 35
;;=   return: completed [] | gas 90001 | high 35
;;=   branch: completed [] | gas 100001 | high 35
;;=   branch-if: completed [] | gas 110001 | high 36
;;=   branch-table: completed [] | gas 110001 | high 36
;;=   nested: completed [] | gas 120001 | high 36
