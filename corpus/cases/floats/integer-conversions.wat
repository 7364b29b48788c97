;;! about = "integers become floats by rounding once, to nearest, ties to even"
;;! [[run]]
;;! calls = [
;;!   "f32-u64 i64:0x8000008000000000",
;;!   "f32-u64 i64:0x8000008000000001",
;;!   "f32-u64 i64:-1",
;;!   "f32-s64 i64:-1",
;;!   "f64-u64 i64:0xfffffffffffffbff",
;;!   "f64-u64 i64:0xfffffffffffffc00",
;;!   "f32-s32 i32:16777217",
;;!   "f32-u32 i32:-1",
;;! ]
(module
  (func (export "f32-u64") (param i64) (result f32) (f32.convert_i64_u (local.get 0)))
  (func (export "f32-s64") (param i64) (result f32) (f32.convert_i64_s (local.get 0)))
  (func (export "f64-u64") (param i64) (result f64) (f64.convert_i64_u (local.get 0)))
  (func (export "f32-s32") (param i32) (result f32) (f32.convert_i32_s (local.get 0)))
  (func (export "f32-u32") (param i32) (result f32) (f32.convert_i32_u (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   f32-u64: completed [f32:0x5f000000] | gas 3 | high 18
;;=   f32-u64: completed [f32:0x5f000001] | gas 3 | high 18
;;=   f32-u64: completed [f32:0x5f800000] | gas 3 | high 18
;;=   f32-s64: completed [f32:0xbf800000] | gas 3 | high 18
;;=   f64-u64: completed [f64:0x43efffffffffffff] | gas 3 | high 18
;;=   f64-u64: completed [f64:0x43f0000000000000] | gas 3 | high 18
;;=   f32-s32: completed [f32:0x4b800000] | gas 3 | high 18
;;=   f32-u32: completed [f32:0x4f800000] | gas 3 | high 18
