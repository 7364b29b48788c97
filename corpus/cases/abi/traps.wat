;;! about = "a trap in alloc or in the method ends the run with its kind; what was written stays"
;;! [[run]]
;;! method = "divide"
;;! input = "in"
;;! [[run]]
;;! method = "divide"
;;! input = ""
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param $length i32) (result i32)
    (if (i32.eqz (local.get $length)) (then unreachable))
    (i32.const 16))
  (func (export "divide") (param i32 i32) (result i32)
    (i32.div_u (local.get 0) (i32.const 0))))
;;= run 0
;;=   divide: trapped IntegerDivisionByZero | gas 1000000 | high 20 | memory 1 dbf32293cd93
;;= run 1
;;=   divide: trapped Unreachable | gas 1000000 | high 18 | memory 1 e3b0c44298fc
