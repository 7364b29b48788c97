;;! about = "a stack that alloc exhausts ends the run; the frames that were entered count"
;;! [[run]]
;;! method = "run"
(module
  (memory (export "memory") 1)
  ;; 18 words, and 3,449 frames of 19 are more than fit.
  (func (export "alloc") (param i32) (result i32) (call $down (i32.const 3448)) (i32.const 16))
  (func $down (param i32)
    (if (local.get 0)
      (then (call $down (i32.sub (local.get 0) (i32.const 1))))))
  (func (export "run") (param i32 i32) (result i32) (call $down (i32.const 3440)) (i32.const 0)))
;;= run 0
;;=   run: trapped CallStackExhausted | gas 1000000 | high 65530 | memory 1 e3b0c44298fc
