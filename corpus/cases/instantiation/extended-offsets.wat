;;! about = "offsets and initialisers may add, subtract and multiply; each operator costs one, and arithmetic wraps"
(module
  (memory 1)
  (table 4 funcref)
  (global i64 (i64.mul (i64.const 0x100000000) (i64.add (i64.const 3) (i64.const 0x100000000))))
  (data (offset (i32.sub (i32.const 10) (i32.mul (i32.const 2) (i32.const 3)))) "d")
  (elem (offset (i32.add (i32.const -1) (i32.const 3))) func $f)
  (func $f))
;; 5 for the global, 1 + 5 for the data, 1 + 3 for the element
;;= run 0
;;=   start: completed [] | gas 15 | high 0 | memory 1 9d8a0dc73fb1 | globals i64:0x0000000300000000 | table 4 41b8f24b79ae
