;;! about = "an empty data segment beyond the end still traps"
(module
  (memory 1)
  (data (i32.const 65537) ""))
;;= run 0
;;=   start: trapped MemoryOutOfBounds | gas 1000000 | high 0 | memory 1 e3b0c44298fc
