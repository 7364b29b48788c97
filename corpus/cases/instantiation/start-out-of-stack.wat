;;! about = "a start function that recurses without end exhausts the stack: 4,096 frames of 16 words"
(module
  (func $start (call $start))
  (start $start))
;;= run 0
;;=   start: trapped CallStackExhausted | gas 1000000 | high 65536
