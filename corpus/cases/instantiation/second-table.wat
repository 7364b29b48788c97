;;! about = "an active segment may name another table than the first"
(module
  (table $first 1 funcref)
  (table $second 2 externref)
  (table $third 2 funcref)
  (elem (table $third) (i32.const 1) func $f)
  (elem (table $second) (i32.const 0) externref (ref.null extern))
  (func $f))
;;= run 0
;;=   start: completed [] | gas 4 | high 0 | table 1 6e340b9cffb3 | table 2 96a296d224f2 | table 2 01cf85cfeb36
