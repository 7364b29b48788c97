;;! about = "a global of every type, with its initialiser; each initialiser costs one"
;;! [[run]]
;;! calls = ["set i32:-1 i64:-2 f32:0xffa00001 f64:0xfff4000000000001 externref:3"]
(module
  (global $a (mut i32) (i32.const 42))
  (global $b (mut i64) (i64.const -1))
  (global $c (mut f32) (f32.const nan:0x200001))
  (global $d (mut f64) (f64.const -0))
  (global $e (mut funcref) (ref.func $f))
  (global $f (mut externref) (ref.null extern))
  (global i32 (i32.const 7))
  (func $f)
  (func (export "set") (param i32 i64 f32 f64 externref)
    (global.set $a (local.get 0))
    (global.set $b (local.get 1))
    (global.set $c (local.get 2))
    (global.set $d (local.get 3))
    (global.set $e (ref.null func))
    (global.set $f (local.get 4))))
;;= run 0
;;=   start: completed [] | gas 7 | high 0 | globals i32:0x0000002a i64:0xffffffffffffffff f32:0x7fa00001 f64:0x8000000000000000 funcref:0 externref:null i32:0x00000007
;;=   set: completed [] | gas 13 | high 22 | globals i32:0xffffffff i64:0xfffffffffffffffe f32:0xffa00001 f64:0xfff4000000000001 funcref:null externref:3 i32:0x00000007
