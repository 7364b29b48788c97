;;! about = "every comparison with a NaN is false but ne, and the zeros are equal"
;;! [[run]]
;;! calls = ["all f64:nan f64:1", "all f64:1 f64:nan", "all f64:nan f64:nan", "all f64:0 f64:-0", "all f64:-inf f64:inf"]
(module
  (func (export "all") (param f64 f64) (result i32 i32 i32 i32 i32 i32)
    (f64.eq (local.get 0) (local.get 1))
    (f64.ne (local.get 0) (local.get 1))
    (f64.lt (local.get 0) (local.get 1))
    (f64.gt (local.get 0) (local.get 1))
    (f64.le (local.get 0) (local.get 1))
    (f64.ge (local.get 0) (local.get 1))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   all: completed [i32:0x00000000, i32:0x00000001, i32:0x00000000, i32:0x00000000, i32:0x00000000, i32:0x00000000] | gas 19 | high 25
;;=   all: completed [i32:0x00000000, i32:0x00000001, i32:0x00000000, i32:0x00000000, i32:0x00000000, i32:0x00000000] | gas 19 | high 25
;;=   all: completed [i32:0x00000000, i32:0x00000001, i32:0x00000000, i32:0x00000000, i32:0x00000000, i32:0x00000000] | gas 19 | high 25
;;=   all: completed [i32:0x00000001, i32:0x00000000, i32:0x00000000, i32:0x00000000, i32:0x00000001, i32:0x00000001] | gas 19 | high 25
;;=   all: completed [i32:0x00000000, i32:0x00000001, i32:0x00000001, i32:0x00000000, i32:0x00000001, i32:0x00000000] | gas 19 | high 25
