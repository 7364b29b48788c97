;;! about = "a host function may stand in a table: its signature is checked as any other, and calling it costs no entry"
;;! [[run]]
;;! calls = ["right", "wrong"]
(module
  (import "env" "abort" (func $abort))
  (type $wrong (func (param i32)))
  (table funcref (elem $abort))
  (func (export "right") (call_indirect (i32.const 0)))
  (func (export "wrong") (call_indirect (type $wrong) (i32.const 1) (i32.const 0))))
;;= run 0
;;=   start: completed [] | gas 2 | high 0 | table 1 957b88b12730
;;=   right: trapped GuestAbort | gas 1000000 | high 17 | called env.abort() | table 1 957b88b12730
;;=   wrong: trapped BadSignature | gas 1000000 | high 18 | table 1 957b88b12730
