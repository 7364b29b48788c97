;;! about = "elements come before data, whatever their order in the text: both fail, and the table's trap is seen"
(module
  (memory 1)
  (table 1 funcref)
  (data (i32.const 65536) "x")
  (elem (i32.const 1) $f)
  (func $f))
;;= run 0
;;=   start: trapped TableOutOfBounds | gas 1000000 | high 0 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
