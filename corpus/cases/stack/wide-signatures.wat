;;! about = "many parameters and results weigh in the caller as operands and in the callee as parameters"
;;! [[run]]
;;! calls = ["run"]
(module
  (func $rotate (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32 i32 i32 i32 i32 i32 i32 i32)
    (local.get 1) (local.get 2) (local.get 3) (local.get 4)
    (local.get 5) (local.get 6) (local.get 7) (local.get 0))
  (func (export "run") (result i32 i32 i32 i32 i32 i32 i32 i32)
    (call $rotate
      (call $rotate
        (i32.const 0) (i32.const 1) (i32.const 2) (i32.const 3)
        (i32.const 4) (i32.const 5) (i32.const 6) (i32.const 7)))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   run: completed [i32:0x00000002, i32:0x00000003, i32:0x00000004, i32:0x00000005, i32:0x00000006, i32:0x00000007, i32:0x00000000, i32:0x00000001] | gas 29 | high 56
