;;! about = "each table has its own elements, size and bounds, and an indirect call names the one it means"
;;! [[run]]
;;! calls = ["first i32:0", "second i32:0", "second i32:1", "first i32:1", "sizes", "swap", "first i32:0", "second i32:0"]
(module
  (type $t (func (result i32)))
  (table $one funcref (elem $a))
  (table $two funcref (elem $b $c))
  (func $a (type $t) (i32.const 1))
  (func $b (type $t) (i32.const 2))
  (func $c (type $t) (i32.const 3))
  (func (export "first") (param i32) (result i32) (call_indirect $one (type $t) (local.get 0)))
  (func (export "second") (param i32) (result i32) (call_indirect $two (type $t) (local.get 0)))
  (func (export "sizes") (result i32 i32) (table.size $one) (table.size $two))
  (func (export "swap") (local funcref)
    (local.set 0 (table.get $one (i32.const 0)))
    (table.set $one (i32.const 0) (table.get $two (i32.const 0)))
    (table.set $two (i32.const 0) (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 5 | high 0 | table 1 957b88b12730 | table 2 098c546b3768
;;=   first: completed [i32:0x00000001] | gas 5 | high 35 | table 1 957b88b12730 | table 2 098c546b3768
;;=   second: completed [i32:0x00000002] | gas 5 | high 35 | table 1 957b88b12730 | table 2 098c546b3768
;;=   second: completed [i32:0x00000003] | gas 5 | high 35 | table 1 957b88b12730 | table 2 098c546b3768
;;=   first: trapped TableOutOfBounds | gas 1000000 | high 18 | table 1 957b88b12730 | table 2 098c546b3768
;;=   sizes: completed [i32:0x00000001, i32:0x00000002] | gas 3 | high 18 | table 1 957b88b12730 | table 2 098c546b3768
;;=   swap: completed [] | gas 11 | high 19 | table 1 b3844634762d | table 2 bba063070125
;;=   first: completed [i32:0x00000002] | gas 5 | high 35 | table 1 b3844634762d | table 2 bba063070125
;;=   second: completed [i32:0x00000001] | gas 5 | high 35 | table 1 b3844634762d | table 2 bba063070125
