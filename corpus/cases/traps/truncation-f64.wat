;;! about = "f64 has room for fractions at the edge of 32 bits: they are cut off before the range is looked at"
;;! [[run]]
;;! calls = [
;;!   "i32-s f64:nan", "i32-s f64:inf", "i32-s f64:2147483647.9", "i32-s f64:2147483648", "i32-s f64:-2147483648.9", "i32-s f64:-2147483649",
;;!   "i32-u f64:0xfff8000000000001", "i32-u f64:-inf", "i32-u f64:4294967295.9", "i32-u f64:4294967296", "i32-u f64:-0.9", "i32-u f64:-1",
;;!   "i64-s f64:0x7ff4000000000000", "i64-s f64:inf", "i64-s f64:0x43e0000000000000", "i64-s f64:0x43dfffffffffffff", "i64-s f64:0xc3e0000000000000", "i64-s f64:0xc3e0000000000001",
;;!   "i64-u f64:nan", "i64-u f64:inf", "i64-u f64:0x43f0000000000000", "i64-u f64:0x43efffffffffffff", "i64-u f64:-0.9", "i64-u f64:-1",
;;! ]
(module
  (func (export "i32-s") (param f64) (result i32) (i32.trunc_f64_s (local.get 0)))
  (func (export "i32-u") (param f64) (result i32) (i32.trunc_f64_u (local.get 0)))
  (func (export "i64-s") (param f64) (result i64) (i64.trunc_f64_s (local.get 0)))
  (func (export "i64-u") (param f64) (result i64) (i64.trunc_f64_u (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   i32-s: trapped BadConversionToInteger | gas 1000000 | high 18
;;=   i32-s: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i32-s: completed [i32:0x7fffffff] | gas 3 | high 18
;;=   i32-s: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i32-s: completed [i32:0x80000000] | gas 3 | high 18
;;=   i32-s: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i32-u: trapped BadConversionToInteger | gas 1000000 | high 18
;;=   i32-u: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i32-u: completed [i32:0xffffffff] | gas 3 | high 18
;;=   i32-u: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i32-u: completed [i32:0x00000000] | gas 3 | high 18
;;=   i32-u: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i64-s: trapped BadConversionToInteger | gas 1000000 | high 18
;;=   i64-s: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i64-s: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i64-s: completed [i64:0x7ffffffffffffc00] | gas 3 | high 18
;;=   i64-s: completed [i64:0x8000000000000000] | gas 3 | high 18
;;=   i64-s: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i64-u: trapped BadConversionToInteger | gas 1000000 | high 18
;;=   i64-u: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i64-u: trapped IntegerOverflow | gas 1000000 | high 18
;;=   i64-u: completed [i64:0xfffffffffffff800] | gas 3 | high 18
;;=   i64-u: completed [i64:0x0000000000000000] | gas 3 | high 18
;;=   i64-u: trapped IntegerOverflow | gas 1000000 | high 18
