;;! about = "alloc may grow the memory and hand out the new page, which is paid for as any growth"
;;! [[run]]
;;! method = "run"
;;! input = "hi"
(module
  (memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32)
    (i32.mul (memory.grow (i32.const 1)) (i32.const 65536)))
  (func (export "run") (param $at i32) (param $length i32) (result i32)
    (i32.store (i32.const 65532) (local.get $length))
    (i32.const 65532)))
;;= run 0
;;=   run: output "hi" | gas 138 | high 20 | memory 2 57b46896d733
