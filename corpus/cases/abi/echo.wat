;;! about = "the plain way through the ABI: the input comes back, whatever its length, and costs the same"
;;! [[run]]
;;! method = "echo"
;;! input = '{"amount":100}'
;;! [[run]]
;;! method = "echo"
;;! input = ""
;;! [[run]]
;;! method = "echo"
;;! input = "héllo ✓ 🦀"
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param $length i32) (result i32)
    (i32.const 1024))
  (func (export "echo") (param $at i32) (param $length i32) (result i32)
    (i32.store (i32.sub (local.get $at) (i32.const 4)) (local.get $length))
    (i32.sub (local.get $at) (i32.const 4))))
;;= run 0
;;=   echo: output "{\"amount\":100}" | gas 11 | high 20 | memory 1 d7d2dc6b450c
;;= run 1
;;=   echo: output "" | gas 11 | high 20 | memory 1 e3b0c44298fc
;;= run 2
;;=   echo: output "héllo ✓ 🦀" | gas 11 | high 20 | memory 1 baf0f2271310
