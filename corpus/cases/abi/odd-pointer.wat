;;! about = "pointers need no alignment: input and result at odd addresses"
;;! [[run]]
;;! method = "run"
;;! input = "odd"
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32) (i32.const 7))
  (func (export "run") (param $at i32) (param $length i32) (result i32)
    (i32.store align=1 (i32.const 3) (local.get $length))
    (i32.const 3)))
;;= run 0
;;=   run: output "odd" | gas 7 | high 20 | memory 1 8676dea4687a
