;;! about = "truncating a NaN is a bad conversion, out of range an overflow; the last floats within range convert"
;;! [[run]]
;;! calls = [
;;!   "i32-s f32:nan", "i32-s f32:inf", "i32-s f32:0x4f000000", "i32-s f32:0x4effffff", "i32-s f32:0xcf000000", "i32-s f32:0xcf000001",
;;!   "i32-u f32:0xffc00001", "i32-u f32:-inf", "i32-u f32:0x4f800000", "i32-u f32:0x4f7fffff", "i32-u f32:-0.9", "i32-u f32:-1",
;;!   "i64-s f32:0x7fa00000", "i64-s f32:inf", "i64-s f32:0x5f000000", "i64-s f32:0x5effffff", "i64-s f32:0xdf000000", "i64-s f32:0xdf000001",
;;!   "i64-u f32:nan", "i64-u f32:inf", "i64-u f32:0x5f800000", "i64-u f32:0x5f7fffff", "i64-u f32:-0.9", "i64-u f32:-1",
;;! ]
(module
  (func (export "i32-s") (param f32) (result i32) (i32.trunc_f32_s (local.get 0)))
  (func (export "i32-u") (param f32) (result i32) (i32.trunc_f32_u (local.get 0)))
  (func (export "i64-s") (param f32) (result i64) (i64.trunc_f32_s (local.get 0)))
  (func (export "i64-u") (param f32) (result i64) (i64.trunc_f32_u (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   i32-s: trapped BadConversionToInteger | gas 1000000 | high 18
;;=   i32-s: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i32-s: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i32-s: completed [i32:0x7fffff80] | gas 3 | high 18
;;=   i32-s: completed [i32:0x80000000] | gas 3 | high 18
;;=   i32-s: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i32-u: trapped BadConversionToInteger | gas 1000000 | high 18
;;=   i32-u: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i32-u: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i32-u: completed [i32:0xffffff00] | gas 3 | high 18
;;=   i32-u: completed [i32:0x00000000] | gas 3 | high 18
;;=   i32-u: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i64-s: trapped BadConversionToInteger | gas 1000000 | high 18
;;=   i64-s: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i64-s: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i64-s: completed [i64:0x7fffff8000000000] | gas 3 | high 18
;;=   i64-s: completed [i64:0x8000000000000000] | gas 3 | high 18
;;=   i64-s: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i64-u: trapped BadConversionToInteger | gas 1000000 | high 18
;;=   i64-u: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i64-u: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i64-u: completed [i64:0xffffff0000000000] | gas 3 | high 18
;;=   i64-u: completed [i64:0x0000000000000000] | gas 3 | high 18
;;=   i64-u: trapped IntegerOverflow | gas 1000000 | high 18
