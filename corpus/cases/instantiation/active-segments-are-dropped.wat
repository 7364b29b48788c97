;;! about = "an active segment is empty once it is applied: from it nothing can be taken but nothing"
;;! [[run]]
;;! calls = ["data i32:0", "data i32:1", "elements i32:0", "elements i32:1"]
(module
  (memory 1)
  (table 1 funcref)
  (data $d (i32.const 0) "a")
  (elem $e (i32.const 0) func $f)
  (func $f)
  (func (export "data") (param i32)
    (memory.init $d (i32.const 1) (i32.const 0) (local.get 0)))
  (func (export "elements") (param i32)
    (table.init $e (i32.const 0) (i32.const 0) (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 4 | high 0 | memory 1 ca978112ca1b | table 1 957b88b12730
;;=   data: completed [] | gas 5 | high 20 | memory 1 ca978112ca1b | table 1 957b88b12730
;;=   data: trapped MemoryOutOfBounds | gas 1000000 | high 20 | memory 1 ca978112ca1b | table 1 957b88b12730
;;=   elements: completed [] | gas 5 | high 20 | memory 1 ca978112ca1b | table 1 957b88b12730
;;=   elements: trapped TableOutOfBounds | gas 1000000 | high 20 | memory 1 ca978112ca1b | table 1 957b88b12730
