;;! about = "a method must take two i32 and return one: fewer, more, others and none are wrong, and alloc is no method"
;;! [[run]]
;;! method = "one"
;;! [[run]]
;;! method = "three"
;;! [[run]]
;;! method = "long"
;;! [[run]]
;;! method = "none"
;;! [[run]]
;;! method = "pair"
;;! [[run]]
;;! method = "alloc"
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32) (i32.const 0))
  (func (export "one") (param i32) (result i32) (i32.const 0))
  (func (export "three") (param i32 i32 i32) (result i32) (i32.const 0))
  (func (export "long") (param i32 i32) (result i64) (i64.const 0))
  (func (export "none") (param i32 i32))
  (func (export "pair") (param i32 i32) (result i32 i32) (i32.const 0) (i32.const 0)))
;;= run 0
;;=   one: violated WrongSignature "one" | gas 1000000 | high 0
;;= run 1
;;=   three: violated WrongSignature "three" | gas 1000000 | high 0
;;= run 2
;;=   long: violated WrongSignature "long" | gas 1000000 | high 0
;;= run 3
;;=   none: violated WrongSignature "none" | gas 1000000 | high 0
;;= run 4
;;=   pair: violated WrongSignature "pair" | gas 1000000 | high 0
;;= run 5
;;=   alloc: violated WrongSignature "alloc" | gas 1000000 | high 0
