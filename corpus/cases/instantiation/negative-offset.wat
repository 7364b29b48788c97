;;! about = "a segment's offset is unsigned: minus one is beyond any memory"
(module
  (memory 1)
  (data (i32.const -1) "a"))
;;= run 0
;;=   start: trapped MemoryOutOfBounds | gas 1000000 | high 0 | memory 1 e3b0c44298fc
