;;! about = "an operator of any other kind costs one, however much or little it does"
;;! [[run]]
;;! calls = ["locals i32:5", "globals", "memory", "constants", "conversions", "references", "tables", "segments"]
(module
  (memory 1)
  (table 1 funcref)
  (global $g (mut i32) (i32.const 0))
  (elem declare func $locals)
  (elem $passive func $locals)
  (data $passive "xyz")
  (func $locals (export "locals") (param i32)
    (local.set 0 (local.tee 0 (local.get 0))))
  (func (export "globals")
    (global.set $g (global.get $g)))
  (func (export "memory")
    (i32.store (i32.const 0) (i32.load (i32.const 0)))
    (drop (memory.size)))
  (func (export "constants")
    (drop (i32.const 1)) (drop (i64.const 1)) (drop (f32.const 1)) (drop (f64.const 1)))
  (func (export "conversions")
    (drop (i32.extend8_s (i32.wrap_i64 (i64.trunc_sat_f64_s (f64.convert_i32_s (i32.const 1)))))))
  (func (export "references")
    (drop (ref.is_null (ref.null func)))
    (drop (ref.func $locals)))
  (func (export "tables")
    (table.set (i32.const 0) (table.get (i32.const 0)))
    (drop (table.size)))
  (func (export "segments")
    (data.drop $passive)
    (elem.drop $passive)))
;;= run 0
;;=   start: completed [] | gas 3 | high 0 | memory 1 e3b0c44298fc | globals i32:0x00000000 | table 1 6e340b9cffb3
;;=   locals: completed [] | gas 4 | high 18 | memory 1 e3b0c44298fc | globals i32:0x00000000 | table 1 6e340b9cffb3
;;=   globals: completed [] | gas 3 | high 17 | memory 1 e3b0c44298fc | globals i32:0x00000000 | table 1 6e340b9cffb3
;;=   memory: completed [] | gas 6 | high 18 | memory 1 e3b0c44298fc | globals i32:0x00000000 | table 1 6e340b9cffb3
;;=   constants: completed [] | gas 5 | high 17 | memory 1 e3b0c44298fc | globals i32:0x00000000 | table 1 6e340b9cffb3
;;=   conversions: completed [] | gas 6 | high 17 | memory 1 e3b0c44298fc | globals i32:0x00000000 | table 1 6e340b9cffb3
;;=   references: completed [] | gas 4 | high 17 | memory 1 e3b0c44298fc | globals i32:0x00000000 | table 1 6e340b9cffb3
;;=   tables: completed [] | gas 6 | high 18 | memory 1 e3b0c44298fc | globals i32:0x00000000 | table 1 6e340b9cffb3
;;=   segments: completed [] | gas 3 | high 16 | memory 1 e3b0c44298fc | globals i32:0x00000000 | table 1 6e340b9cffb3
