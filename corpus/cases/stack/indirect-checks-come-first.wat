;;! about = "on a full stack an indirect call still traps by its index, null or signature before the stack is looked at"
;;! [[run]]
;;! calls = ["fill i32:0", "fill i32:1", "fill i32:2", "fill i32:3"]
;; Both functions weigh 16 + 46 + 2 words: "fill" leaves room for 1,023 frames of "down", and the last makes the indirect call.
(module
  (type $t (func))
  (table 3 funcref)
  (elem (i32.const 1) $other $right)
  (func $other (param i32))
  (func $right)
  (func $down (param i32 i32)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (if (local.get 0)
      (then (call $down (i32.sub (local.get 0) (i32.const 1)) (local.get 1)))
      (else (call_indirect (type $t) (local.get 1)))))
  (func (export "fill") (param i32)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (call $down (i32.const 1022) (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 3 | high 0 | table 3 783d82b24e59
;;=   fill: trapped IndirectCallToNull | gas 1000000 | high 65536 | table 3 783d82b24e59
;;=   fill: trapped BadSignature | gas 1000000 | high 65536 | table 3 783d82b24e59
;;=   fill: trapped CallStackExhausted | gas 1000000 | high 65536 | table 3 783d82b24e59
;;=   fill: trapped TableOutOfBounds | gas 1000000 | high 65536 | table 3 783d82b24e59
