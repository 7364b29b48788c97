;;! about = "both forms of env.abort end the guest as GuestAbort, with what they were given"
;;! [[run]]
;;! calls = ["short", "long i32:1 i32:-1"]
(module
  (import "env" "abort" (func $short))
  (import "env" "abort" (func $long (param i32 i32 i32 i32)))
  (func (export "short") (call $short) unreachable)
  (func (export "long") (param i32 i32)
    (call $long (local.get 0) (local.get 1) (i32.const 3) (i32.const 4))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   short: trapped GuestAbort | gas 1000000 | high 16 | called env.abort()
;;=   long: trapped GuestAbort | gas 1000000 | high 22 | called env.abort(i32:0x00000001, i32:0xffffffff, i32:0x00000003, i32:0x00000004)
