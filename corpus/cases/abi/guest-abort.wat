;;! about = "both forms of env.abort end a run as GuestAbort, with the arguments that were given"
;;! [[run]]
;;! method = "short"
;;! input = "x"
;;! [[run]]
;;! method = "long"
;;! input = "x"
(module
  (import "env" "abort" (func $short))
  (import "env" "abort" (func $long (param i32 i32 i32 i32)))
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32) (i32.const 8))
  (func (export "short") (param i32 i32) (result i32) (call $short) (i32.const 0))
  (func (export "long") (param i32 i32) (result i32)
    (call $long (local.get 0) (local.get 1) (i32.const 12) (i32.const 34))
    (i32.const 0)))
;;= run 0
;;=   short: trapped GuestAbort | gas 1000000 | high 19 | called env.abort() | memory 1 b190c841d315
;;= run 1
;;=   long: trapped GuestAbort | gas 1000000 | high 22 | called env.abort(i32:0x00000008, i32:0x00000001, i32:0x0000000c, i32:0x00000022) | memory 1 b190c841d315
