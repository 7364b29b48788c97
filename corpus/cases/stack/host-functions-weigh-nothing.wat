;;! about = "a host function has no frame: the high-water is the caller's, arguments included"
;;! [[run]]
;;! calls = ["run"]
(module
  (import "env" "abort" (func $abort (param i32 i32 i32 i32)))
  (func (export "run")
    (call $abort (i32.const 0) (i32.const 0) (i32.const 7) (i32.const 8))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   run: trapped GuestAbort | gas 1000000 | high 20 | called env.abort(i32:0x00000000, i32:0x00000000, i32:0x00000007, i32:0x00000008)
