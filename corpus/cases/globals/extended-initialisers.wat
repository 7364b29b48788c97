;;! about = "initialisers may compute with integers; each operator is paid once, at the start"
;;! [[run]]
;;! calls = ["sum"]
(module
  (global $a i32 (i32.mul (i32.const 0x10000) (i32.const 0x10000)))
  (global $b i32 (i32.sub (i32.const 0) (i32.add (i32.const 1) (i32.const 2))))
  (global $c i64 (i64.sub (i64.const 0) (i64.const 1)))
  (func (export "sum") (result i32) (i32.add (global.get $a) (global.get $b))))
;;= run 0
;;=   start: completed [] | gas 11 | high 0 | globals i32:0x00000000 i32:0xfffffffd i64:0xffffffffffffffff
;;=   sum: completed [i32:0xfffffffd] | gas 4 | high 18 | globals i32:0x00000000 i32:0xfffffffd i64:0xffffffffffffffff
