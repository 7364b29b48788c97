;;! about = "a segment may end at the end, and an empty one may lie there"
(module
  (memory 1)
  (table 2 funcref)
  (data (i32.const 65533) "abc")
  (data (i32.const 65536) "")
  (elem (i32.const 1) $f)
  (elem (i32.const 2) func)
  (func $f))
;;= run 0
;;=   start: completed [] | gas 8 | high 0 | memory 1 c2b8d00ac9bb | table 2 01cf85cfeb36
