;;! about = "memory.copy behaves as if through a buffer, whichever way its ranges overlap"
;;! [[run]]
;;! calls = ["copy i32:1 i32:0 i32:5"]
;;! [[run]]
;;! calls = ["copy i32:0 i32:1 i32:5"]
;;! [[run]]
;;! calls = ["copy i32:2 i32:2 i32:4"]
(module
  (memory 1)
  (data (i32.const 0) "abcdef")
  (func (export "copy") (param i32 i32 i32)
    (memory.copy (local.get 0) (local.get 1) (local.get 2))))
;;= run 0
;;=   start: completed [] | gas 7 | high 0 | memory 1 bef57ec7f53a
;;=   copy: completed [] | gas 10 | high 22 | memory 1 5fce817e24dc
;;= run 1
;;=   start: completed [] | gas 7 | high 0 | memory 1 bef57ec7f53a
;;=   copy: completed [] | gas 10 | high 22 | memory 1 07617211c7ca
;;= run 2
;;=   start: completed [] | gas 7 | high 0 | memory 1 bef57ec7f53a
;;=   copy: completed [] | gas 9 | high 22 | memory 1 bef57ec7f53a
