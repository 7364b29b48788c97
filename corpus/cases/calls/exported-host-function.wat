;;! about = "a host function that the guest exports again can be called by the host: no frame, no entry, no gas of its own"
;;! [[run]]
;;! calls = ["abort i32:1 i32:2 i32:3 i32:4"]
(module
  (import "env" "abort" (func $abort (param i32 i32 i32 i32)))
  (export "abort" (func $abort)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   abort: trapped GuestAbort | gas 1000000 | high 0 | called env.abort(i32:0x00000001, i32:0x00000002, i32:0x00000003, i32:0x00000004)
