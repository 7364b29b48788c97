;;! about = "an output may hold any scalar value, a zero byte and line ends among them"
;;! [[run]]
;;! method = "run"
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\04\00\00\00a\00\n\22")
  (func (export "alloc") (param i32) (result i32) (i32.const 128))
  (func (export "run") (param i32 i32) (result i32) (i32.const 0)))
;;= run 0
;;=   run: output "a\0\n\"" | gas 13 | high 19 | memory 1 1877312c6b35
