;;! about = "a later data segment overwrites an earlier one"
(module
  (memory 1)
  (data (i32.const 0) "aaaa")
  (data (i32.const 1) "bb"))
;;= run 0
;;=   start: completed [] | gas 8 | high 0 | memory 1 e22115b5d766
