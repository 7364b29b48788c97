;;! about = "a NaN made inside is canonical wherever it becomes visible: bits, memory, globals, arguments, tables of functions, results"
;;! [[run]]
;;! calls = ["bits f64:0", "memory f64:0", "global f64:0", "call f64:0", "branch f64:0", "sign f64:0", "negative f64:0"]
(module
  (memory 1)
  (table funcref (elem $bits))
  (type $t (func (param f64) (result i64)))
  (global $g (mut f64) (f64.const 0))
  (func $nan (param f64) (result f64) (f64.div (local.get 0) (local.get 0)))
  (func $bits (type $t) (i64.reinterpret_f64 (local.get 0)))
  (func (export "bits") (param f64) (result i64)
    (i64.reinterpret_f64 (f64.div (local.get 0) (local.get 0))))
  (func (export "memory") (param f64) (result i64)
    (f64.store (i32.const 0) (f64.div (local.get 0) (local.get 0)))
    (i64.load (i32.const 0)))
  (func (export "global") (param f64)
    (global.set $g (f64.div (local.get 0) (local.get 0))))
  (func (export "call") (param f64) (result i64)
    (call_indirect (type $t) (call $nan (local.get 0)) (i32.const 0)))
  (func (export "branch") (param f64) (result f64)
    (block (result f64) (br 0 (f64.div (local.get 0) (local.get 0)))))
  (func (export "sign") (param f64) (result f64)
    (f64.copysign (f64.const 1) (f64.div (local.get 0) (local.get 0))))
  (func (export "negative") (param f64) (result f64)
    (f64.neg (f64.div (local.get 0) (local.get 0)))))
;;= run 0
;;=   start: completed [] | gas 3 | high 0 | memory 1 e3b0c44298fc | globals f64:0x0000000000000000 | table 1 b3844634762d
;;=   bits: completed [i64:0x7ff8000000000000] | gas 5 | high 19 | memory 1 e3b0c44298fc | globals f64:0x0000000000000000 | table 1 b3844634762d
;;=   memory: completed [i64:0x7ff8000000000000] | gas 8 | high 20 | memory 1 74999fd28ab1 | globals f64:0x0000000000000000 | table 1 b3844634762d
;;=   global: completed [] | gas 5 | high 19 | memory 1 74999fd28ab1 | globals f64:0x7ff8000000000000 | table 1 b3844634762d
;;=   call: completed [i64:0x7ff8000000000000] | gas 12 | high 38 | memory 1 74999fd28ab1 | globals f64:0x7ff8000000000000 | table 1 b3844634762d
;;=   branch: completed [f64:0x7ff8000000000000] | gas 5 | high 19 | memory 1 74999fd28ab1 | globals f64:0x7ff8000000000000 | table 1 b3844634762d
;;=   sign: completed [f64:0x3ff0000000000000] | gas 6 | high 20 | memory 1 74999fd28ab1 | globals f64:0x7ff8000000000000 | table 1 b3844634762d
;;=   negative: completed [f64:0xfff8000000000000] | gas 5 | high 19 | memory 1 74999fd28ab1 | globals f64:0x7ff8000000000000 | table 1 b3844634762d
