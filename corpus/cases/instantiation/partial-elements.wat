;;! about = "element segments are applied in order up to the first that does not fit, which writes nothing; data is not reached"
;;! [[run]]
;;! calls = ["read"]
(module
  (memory 1)
  (table 3 funcref)
  (data (i32.const 0) "data")
  (elem (i32.const 0) $f)
  (elem (i32.const 2) $f $f)
  (elem (i32.const 1) $f)
  (func $f)
  (func (export "read") (result i32) (i32.load (i32.const 0))))
;;= run 0
;;=   start: trapped TableOutOfBounds | gas 1000000 | high 0 | memory 1 e3b0c44298fc | table 3 847b68e04850
