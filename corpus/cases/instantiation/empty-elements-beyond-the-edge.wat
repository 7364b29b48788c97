;;! about = "an empty element segment beyond the end still traps"
(module
  (table 1 externref)
  (elem (table 0) (i32.const 2) externref))
;;= run 0
;;=   start: trapped TableOutOfBounds | gas 1000000 | high 0 | table 1 6e340b9cffb3
