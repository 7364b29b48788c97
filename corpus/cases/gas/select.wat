;;! about = "select costs one in both of its forms and evaluates both operands"
;;! [[run]]
;;! calls = ["untyped i32:1", "untyped i32:0", "typed i32:1 externref:4 externref:5", "typed i32:0 externref:4 externref:5"]
(module
  (func (export "untyped") (param i32) (result i64)
    (select (i64.const 10) (i64.const 20) (local.get 0)))
  (func (export "typed") (param i32 externref externref) (result externref)
    (select (result externref) (local.get 1) (local.get 2) (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   untyped: completed [i64:0x000000000000000a] | gas 5 | high 20
;;=   untyped: completed [i64:0x0000000000000014] | gas 5 | high 20
;;=   typed: completed [externref:4] | gas 5 | high 22
;;=   typed: completed [externref:5] | gas 5 | high 22
