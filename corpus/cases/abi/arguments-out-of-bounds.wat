;;! about = "what alloc returns must have room for the input; beyond the end not even an empty input fits"
;;! [[run]]
;;! method = "run"
;;! input = "ab"
;;! gas = 1000
;;! [[run]]
;;! method = "run"
;;! input = "a"
;;! gas = 1000
;;! [[run]]
;;! method = "run"
;;! input = ""
;;! gas = 1000
(module
  (memory (export "memory") 1)
  ;; The input ends one byte behind the memory, at its end, or starts behind it.
  (func (export "alloc") (param $length i32) (result i32)
    (block $two
      (block $one
        (block $none (br_table $none $one $two (local.get $length)))
        (return (i32.const 65537)))
      (return (i32.const 65535)))
    (i32.const 65535))
  (func (export "run") (param i32 i32) (result i32) (i32.const 8)))
;;= run 0
;;=   run: violated ArgumentsOutOfBounds | gas 1000 | high 18 | memory 1 e3b0c44298fc
;;= run 1
;;=   run: output "" | gas 6 | high 19 | memory 1 1f3ee5a6bfde
;;= run 2
;;=   run: violated ArgumentsOutOfBounds | gas 1000 | high 18 | memory 1 e3b0c44298fc
