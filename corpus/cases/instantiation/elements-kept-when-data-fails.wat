;;! about = "elements that were applied before a data segment failed stay applied"
(module
  (memory 1)
  (table 1 funcref)
  (elem (i32.const 0) $f)
  (data (i32.const 65536) "x")
  (func $f))
;;= run 0
;;=   start: trapped MemoryOutOfBounds | gas 1000000 | high 0 | memory 1 e3b0c44298fc | table 1 957b88b12730
