;;! about = "control that depends on a NaN's bits takes the same way, and costs the same, everywhere"
;;! [[run]]
;;! calls = ["by-sign f32:0 f32:0", "by-sign f32:1 f32:1", "by-payload f32:0x7fc01234 f32:0xffd0abcd"]
(module
  (func (export "by-sign") (param f32 f32) (result i32)
    (if (result i32) (i32.lt_s (i32.reinterpret_f32 (f32.div (local.get 0) (local.get 1))) (i32.const 0))
      (then (i32.const 1))
      (else (i32.add (i32.const 2) (i32.const 3)))))
  (func (export "by-payload") (param f32 f32) (result i32)
    (local $n i32)
    (local.set $n (i32.and (i32.reinterpret_f32 (f32.add (local.get 0) (local.get 1))) (i32.const 0x003fffff)))
    (block $done
      (loop $again
        (br_if $done (i32.eqz (local.get $n)))
        (local.set $n (i32.shr_u (local.get $n) (i32.const 1)))
        (br $again)))
    (local.get $n)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   by-sign: completed [i32:0x00000005] | gas 11 | high 20
;;=   by-sign: completed [i32:0x00000005] | gas 11 | high 20
;;=   by-payload: completed [i32:0x00000000] | gas 12 | high 21
