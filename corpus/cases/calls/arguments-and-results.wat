;;! about = "every type crosses the border bit for bit, as argument and as result"
;;! [[run]]
;;! calls = [
;;!   "all i32:-1 i64:-1 f32:-0 f64:-0 funcref:null externref:null",
;;!   "all i32:0x80000000 i64:0x8000000000000000 f32:0xff800001 f64:0xfff0000000000001 funcref:null externref:0",
;;!   "all i32:2147483647 i64:9007199254740993 f32:0x00000001 f64:0x0000000000000001 funcref:null externref:12",
;;! ]
(module
  (func (export "all")
    (param i32 i64 f32 f64 funcref externref)
    (result externref funcref f64 f32 i64 i32)
    (local.get 5) (local.get 4) (local.get 3) (local.get 2) (local.get 1) (local.get 0)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   all: completed [externref:null, funcref:null, f64:0x8000000000000000, f32:0x80000000, i64:0xffffffffffffffff, i32:0xffffffff] | gas 7 | high 28
;;=   all: completed [externref:0, funcref:null, f64:0xfff0000000000001, f32:0xff800001, i64:0x8000000000000000, i32:0x80000000] | gas 7 | high 28
;;=   all: completed [externref:12, funcref:null, f64:0x0000000000000001, f32:0x00000001, i64:0x0020000000000001, i32:0x7fffffff] | gas 7 | high 28
