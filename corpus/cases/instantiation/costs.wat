;;! about = "each price of instantiation in one module: 5 data bytes, 5 elements, 8 constant operators; passive data is free"
(module
  (memory 1)
  (table 4 funcref)
  (global i32 (i32.const 1))
  (global f64 (f64.const 1))
  (global i32 (i32.add (i32.const 1) (i32.const 2)))
  (global funcref (ref.func $f))
  (data (i32.const 8) "hello")
  (data "passive")
  (elem (i32.const 1) $f $f)
  (elem func $f $f)
  (elem declare func $f)
  (func $f))
;; The constants: 1 + 1 + 3 + 1 of globals, 1 of the data offset, 1 of the element offset.
;;= run 0
;;=   start: completed [] | gas 18 | high 0 | memory 1 dff1008caf91 | globals i32:0x00000001 f64:0x3ff0000000000000 i32:0x00000003 funcref:0 | table 4 d141453f747b
