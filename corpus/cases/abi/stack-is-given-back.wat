;;! about = "the method has the whole stack again after alloc used nearly all of it"
;;! [[run]]
;;! method = "run"
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32) (call $down (i32.const 3447)) (i32.const 16))
  (func $down (param i32)
    (if (local.get 0)
      (then (call $down (i32.sub (local.get 0) (i32.const 1))))))
  (func (export "run") (param i32 i32) (result i32) (call $down (i32.const 3447)) (i32.const 0)))
;;= run 0
;;=   run: output "" | gas 48272 | high 65531 | memory 1 e3b0c44298fc
