;;! about = "a recursive function is charged for every path that its calls take: 89 leaves of 6, 88 sums of 14"
;;! [[run]]
;;! calls = ["fib i32:1", "fib i32:2", "fib i32:10"]
(module
  (func $fib (export "fib") (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else
        (i32.add
          (call $fib (i32.sub (local.get 0) (i32.const 1)))
          (call $fib (i32.sub (local.get 0) (i32.const 2))))))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   fib: completed [i32:0x00000001] | gas 6 | high 20
;;=   fib: completed [i32:0x00000001] | gas 26 | high 40
;;=   fib: completed [i32:0x00000037] | gas 1766 | high 200
