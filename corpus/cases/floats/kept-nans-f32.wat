;;! about = "what only moves or masks the bits of an f32 keeps every bit of a signalling NaN"
;;! [[run]]
;;! calls = [
;;!   "pass f32:0x7fa00001",
;;!   "local f32:0x7fa00001",
;;!   "global f32:0x7fa00001",
;;!   "memory f32:0xffa00001",
;;!   "abs f32:0xffa00001",
;;!   "abs f32:0x7fa00001",
;;!   "neg f32:0x7fa00001",
;;!   "neg f32:0xffa00001",
;;!   "copysign f32:0x7fa00001 f32:-1",
;;!   "copysign f32:1 f32:0xffa00001",
;;!   "copysign f32:0xffa00001 f32:0",
;;!   "select f32:0x7fa00001 f32:0xffa00001 i32:0",
;;!   "select f32:0x7fa00001 f32:0xffa00001 i32:1",
;;!   "to-bits f32:0xffa00001",
;;!   "of-bits i32:0xffa00001",
;;!   "constant",
;;!   "call f32:0xffa00001",
;;!   "call-indirect f32:0x7fa00001",
;;!   "block f32:0x7fa00001",
;;! ]
(module
  (memory 1)
  (type $t (func (param f32) (result f32)))
  (table funcref (elem $pass))
  (global $g (mut f32) (f32.const 0))
  (func $pass (export "pass") (param f32) (result f32) (local.get 0))
  (func (export "local") (param f32) (result f32) (local f32)
    (local.set 1 (local.get 0)) (local.tee 0 (local.get 1)))
  (func (export "global") (param f32) (result f32)
    (global.set $g (local.get 0)) (global.get $g))
  (func (export "memory") (param f32) (result f32)
    (f32.store (i32.const 8) (local.get 0)) (f32.load (i32.const 8)))
  (func (export "abs") (param f32) (result f32) (f32.abs (local.get 0)))
  (func (export "neg") (param f32) (result f32) (f32.neg (local.get 0)))
  (func (export "copysign") (param f32 f32) (result f32) (f32.copysign (local.get 0) (local.get 1)))
  (func (export "select") (param f32 f32 i32) (result f32) (select (local.get 0) (local.get 1) (local.get 2)))
  (func (export "to-bits") (param f32) (result i32) (i32.reinterpret_f32 (local.get 0)))
  (func (export "of-bits") (param i32) (result f32) (f32.reinterpret_i32 (local.get 0)))
  (func (export "constant") (result f32) (f32.const nan:0x200001))
  (func (export "call") (param f32) (result f32) (call $pass (local.get 0)))
  (func (export "call-indirect") (param f32) (result f32) (call_indirect (type $t) (local.get 0) (i32.const 0)))
  (func (export "block") (param f32) (result f32)
    (block (result f32) (br 0 (local.get 0)))))
;;= run 0
;;=   start: completed [] | gas 3 | high 0 | memory 1 e3b0c44298fc | globals f32:0x00000000 | table 1 957b88b12730
;;=   pass: completed [f32:0x7fa00001] | gas 2 | high 18 | memory 1 e3b0c44298fc | globals f32:0x00000000 | table 1 957b88b12730
;;=   local: completed [f32:0x7fa00001] | gas 5 | high 19 | memory 1 e3b0c44298fc | globals f32:0x00000000 | table 1 957b88b12730
;;=   global: completed [f32:0x7fa00001] | gas 4 | high 18 | memory 1 e3b0c44298fc | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   memory: completed [f32:0xffa00001] | gas 6 | high 19 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   abs: completed [f32:0x7fa00001] | gas 3 | high 18 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   abs: completed [f32:0x7fa00001] | gas 3 | high 18 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   neg: completed [f32:0xffa00001] | gas 3 | high 18 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   neg: completed [f32:0x7fa00001] | gas 3 | high 18 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   copysign: completed [f32:0xffa00001] | gas 4 | high 20 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   copysign: completed [f32:0xbf800000] | gas 4 | high 20 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   copysign: completed [f32:0x7fa00001] | gas 4 | high 20 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   select: completed [f32:0xffa00001] | gas 5 | high 22 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   select: completed [f32:0x7fa00001] | gas 5 | high 22 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   to-bits: completed [i32:0xffa00001] | gas 3 | high 18 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   of-bits: completed [f32:0xffa00001] | gas 3 | high 18 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   constant: completed [f32:0x7fa00001] | gas 2 | high 17 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   call: completed [f32:0xffa00001] | gas 5 | high 36 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   call-indirect: completed [f32:0x7fa00001] | gas 6 | high 37 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
;;=   block: completed [f32:0x7fa00001] | gas 3 | high 18 | memory 1 9cf867e021ed | globals f32:0x7fa00001 | table 1 957b88b12730
