;;! about = "every operator of a nested expression canonicalises what it makes, and leaves what its neighbours made"
;;! [[run]]
;;! calls = ["run f64:3 f64:0xfff4000000000001", "run f64:3 f64:2"]
(module
  (func (export "run") (param f64 f64) (result f64 f32 i64)
    (f64.add (f64.mul (local.get 0) (f64.const 2)) (f64.sub (local.get 0) (f64.const 1)))
    (f32.demote_f64 (f64.sqrt (f64.neg (f64.max (local.get 0) (local.get 1)))))
    (i64.reinterpret_f64 (f64.min (local.get 1) (f64.promote_f32 (f32.demote_f64 (local.get 1)))))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   run: completed [f64:0x4020000000000000, f32:0x7fc00000, i64:0x7ff8000000000000] | gas 20 | high 22
;;=   run: completed [f64:0x4020000000000000, f32:0x7fc00000, i64:0x4000000000000000] | gas 20 | high 22
