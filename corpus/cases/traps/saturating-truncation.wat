;;! about = "saturating truncation never traps: NaN is zero, and what is out of range is the nearest in it"
;;! [[run]]
;;! calls = ["s f64:nan", "s f64:inf", "s f64:-inf", "u f64:nan", "u f64:1e300", "u f64:-5"]
(module
  (func (export "s") (param f64) (result i32 i64)
    (i32.trunc_sat_f64_s (local.get 0)) (i64.trunc_sat_f64_s (local.get 0)))
  (func (export "u") (param f64) (result i32 i64)
    (i32.trunc_sat_f64_u (local.get 0)) (i64.trunc_sat_f64_u (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   s: completed [i32:0x00000000, i64:0x0000000000000000] | gas 5 | high 19
;;=   s: completed [i32:0x7fffffff, i64:0x7fffffffffffffff] | gas 5 | high 19
;;=   s: completed [i32:0x80000000, i64:0x8000000000000000] | gas 5 | high 19
;;=   u: completed [i32:0x00000000, i64:0x0000000000000000] | gas 5 | high 19
;;=   u: completed [i32:0xffffffff, i64:0xffffffffffffffff] | gas 5 | high 19
;;=   u: completed [i32:0x00000000, i64:0x0000000000000000] | gas 5 | high 19
