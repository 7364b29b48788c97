;;! about = "data segments are applied in order up to the first that does not fit, which writes nothing; the start function does not run"
(module
  (memory 1)
  (global $g (mut i32) (i32.const 0))
  (data (i32.const 0) "first")
  (data (i32.const 65534) "second")
  (data (i32.const 16) "third")
  (func $start (global.set $g (i32.const 1)))
  (start $start))
;;= run 0
;;=   start: trapped MemoryOutOfBounds | gas 1000000 | high 0 | memory 1 a7937b64b8ca | globals i32:0x00000000
