;;! about = "an empty input has room at the very end of the memory; the method is given its pointer and length"
;;! [[run]]
;;! method = "run"
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32) (i32.const 65536))
  (func (export "run") (param $at i32) (param $length i32) (result i32)
    (i32.store (i32.const 0) (i32.const 1))
    (i32.store8 (i32.const 4) (select (i32.const 121) (i32.const 110)
      (i32.and (i32.eq (local.get $at) (i32.const 65536)) (i32.eqz (local.get $length)))))
    (i32.const 0)))
;;= run 0
;;=   run: output "y" | gas 18 | high 23 | memory 1 6f5d4a4814d5
