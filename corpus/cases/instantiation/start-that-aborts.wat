;;! about = "a start function may call the host, which ends it"
(module
  (import "env" "abort" (func $abort (param i32 i32 i32 i32)))
  (func $start
    (call $abort (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4)))
  (start $start))
;;= run 0
;;=   start: trapped GuestAbort | gas 1000000 | high 20 | called env.abort(i32:0x00000001, i32:0x00000002, i32:0x00000003, i32:0x00000004)
