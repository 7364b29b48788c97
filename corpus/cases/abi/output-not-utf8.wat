;;! about = "a result must be UTF-8: stray bytes, overlong forms, surrogates and cut sequences are none"
;;! [[run]]
;;! method = "stray"
;;! [[run]]
;;! method = "overlong"
;;! [[run]]
;;! method = "surrogate"
;;! [[run]]
;;! method = "cut"
;;! [[run]]
;;! method = "whole"
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\02\00\00\00a\ff")
  (data (i32.const 16) "\02\00\00\00\c0\80")
  (data (i32.const 32) "\03\00\00\00\ed\a0\80")
  (data (i32.const 48) "\02\00\00\00\e2\9c\93")
  (data (i32.const 64) "\03\00\00\00\e2\9c\93")
  (func (export "alloc") (param i32) (result i32) (i32.const 128))
  (func (export "stray") (param i32 i32) (result i32) (i32.const 0))
  (func (export "overlong") (param i32 i32) (result i32) (i32.const 16))
  (func (export "surrogate") (param i32 i32) (result i32) (i32.const 32))
  (func (export "cut") (param i32 i32) (result i32) (i32.const 48))
  (func (export "whole") (param i32 i32) (result i32) (i32.const 64)))
;;= run 0
;;=   stray: violated OutputNotUtf8 | gas 1000000 | high 19 | memory 1 af41f64490d2
;;= run 1
;;=   overlong: violated OutputNotUtf8 | gas 1000000 | high 19 | memory 1 af41f64490d2
;;= run 2
;;=   surrogate: violated OutputNotUtf8 | gas 1000000 | high 19 | memory 1 af41f64490d2
;;= run 3
;;=   cut: violated OutputNotUtf8 | gas 1000000 | high 19 | memory 1 af41f64490d2
;;= run 4
;;=   whole: output "✓" | gas 42 | high 19 | memory 1 af41f64490d2
