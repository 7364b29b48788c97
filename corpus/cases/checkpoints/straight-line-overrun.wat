;;! about = "straight-line code may overrun its limit; a trap there is that trap and not out of gas"
;;! [[run]]
;;! calls = ["divide", "stop", "load", "convert", "table"]
;;! gas = 1
(module
  (memory 1)
  (table 1 funcref)
  (func (export "divide")
    (drop (i32.div_u (i32.const 1) (i32.const 0))))
  (func (export "stop")
    (drop (i32.add (i32.const 1) (i32.const 0)))
    unreachable)
  (func (export "load")
    (drop (i32.load (i32.const 65536))))
  (func (export "convert")
    (drop (i32.trunc_f32_s (f32.const nan))))
  (func (export "table")
    (drop (table.get (i32.const 1)))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
;;=   divide: trapped IntegerDivisionByZero | gas 1 | high 18 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
;;=   stop: trapped Unreachable | gas 1 | high 18 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
;;=   load: trapped MemoryOutOfBounds | gas 1 | high 17 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
;;=   convert: trapped BadConversionToInteger | gas 1 | high 17 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
;;=   table: trapped TableOutOfBounds | gas 1 | high 17 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
