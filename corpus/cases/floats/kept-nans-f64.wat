;;! about = "what only moves or masks the bits of an f64 keeps every bit of a signalling NaN"
;;! [[run]]
;;! calls = [
;;!   "pass f64:0x7ff4000000000001",
;;!   "local f64:0x7ff4000000000001",
;;!   "global f64:0x7ff4000000000001",
;;!   "memory f64:0xfff4000000000001",
;;!   "abs f64:0xfff4000000000001",
;;!   "abs f64:0x7ff4000000000001",
;;!   "neg f64:0x7ff4000000000001",
;;!   "neg f64:0xfff4000000000001",
;;!   "copysign f64:0x7ff4000000000001 f64:-1",
;;!   "copysign f64:1 f64:0xfff4000000000001",
;;!   "copysign f64:0xfff4000000000001 f64:0",
;;!   "select f64:0x7ff4000000000001 f64:0xfff4000000000001 i32:0",
;;!   "select f64:0x7ff4000000000001 f64:0xfff4000000000001 i32:1",
;;!   "to-bits f64:0xfff4000000000001",
;;!   "of-bits i64:0xfff4000000000001",
;;!   "constant",
;;!   "call f64:0xfff4000000000001",
;;!   "call-indirect f64:0x7ff4000000000001",
;;!   "block f64:0x7ff4000000000001",
;;! ]
(module
  (memory 1)
  (type $t (func (param f64) (result f64)))
  (table funcref (elem $pass))
  (global $g (mut f64) (f64.const 0))
  (func $pass (export "pass") (param f64) (result f64) (local.get 0))
  (func (export "local") (param f64) (result f64) (local f64)
    (local.set 1 (local.get 0)) (local.tee 0 (local.get 1)))
  (func (export "global") (param f64) (result f64)
    (global.set $g (local.get 0)) (global.get $g))
  (func (export "memory") (param f64) (result f64)
    (f64.store (i32.const 8) (local.get 0)) (f64.load (i32.const 8)))
  (func (export "abs") (param f64) (result f64) (f64.abs (local.get 0)))
  (func (export "neg") (param f64) (result f64) (f64.neg (local.get 0)))
  (func (export "copysign") (param f64 f64) (result f64) (f64.copysign (local.get 0) (local.get 1)))
  (func (export "select") (param f64 f64 i32) (result f64) (select (local.get 0) (local.get 1) (local.get 2)))
  (func (export "to-bits") (param f64) (result i64) (i64.reinterpret_f64 (local.get 0)))
  (func (export "of-bits") (param i64) (result f64) (f64.reinterpret_i64 (local.get 0)))
  (func (export "constant") (result f64) (f64.const nan:0x4000000000001))
  (func (export "call") (param f64) (result f64) (call $pass (local.get 0)))
  (func (export "call-indirect") (param f64) (result f64) (call_indirect (type $t) (local.get 0) (i32.const 0)))
  (func (export "block") (param f64) (result f64)
    (block (result f64) (br 0 (local.get 0)))))
;;= run 0
;;=   start: completed [] | gas 3 | high 0 | memory 1 e3b0c44298fc | globals f64:0x0000000000000000 | table 1 957b88b12730
;;=   pass: completed [f64:0x7ff4000000000001] | gas 2 | high 18 | memory 1 e3b0c44298fc | globals f64:0x0000000000000000 | table 1 957b88b12730
;;=   local: completed [f64:0x7ff4000000000001] | gas 5 | high 19 | memory 1 e3b0c44298fc | globals f64:0x0000000000000000 | table 1 957b88b12730
;;=   global: completed [f64:0x7ff4000000000001] | gas 4 | high 18 | memory 1 e3b0c44298fc | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   memory: completed [f64:0xfff4000000000001] | gas 6 | high 19 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   abs: completed [f64:0x7ff4000000000001] | gas 3 | high 18 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   abs: completed [f64:0x7ff4000000000001] | gas 3 | high 18 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   neg: completed [f64:0xfff4000000000001] | gas 3 | high 18 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   neg: completed [f64:0x7ff4000000000001] | gas 3 | high 18 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   copysign: completed [f64:0xfff4000000000001] | gas 4 | high 20 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   copysign: completed [f64:0xbff0000000000000] | gas 4 | high 20 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   copysign: completed [f64:0x7ff4000000000001] | gas 4 | high 20 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   select: completed [f64:0xfff4000000000001] | gas 5 | high 22 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   select: completed [f64:0x7ff4000000000001] | gas 5 | high 22 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   to-bits: completed [i64:0xfff4000000000001] | gas 3 | high 18 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   of-bits: completed [f64:0xfff4000000000001] | gas 3 | high 18 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   constant: completed [f64:0x7ff4000000000001] | gas 2 | high 17 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   call: completed [f64:0xfff4000000000001] | gas 5 | high 36 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   call-indirect: completed [f64:0x7ff4000000000001] | gas 6 | high 37 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
;;=   block: completed [f64:0x7ff4000000000001] | gas 3 | high 18 | memory 1 034c7cebe07c | globals f64:0x7ff4000000000001 | table 1 957b88b12730
