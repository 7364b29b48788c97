;;! about = "10,000 locals are allowed; six frames of them fill the stack up to 5,428 words"
;;! [[run]]
;;! calls = ["down i32:5", "down i32:6"]
(module binary
  "\00asm" "\01\00\00\00"
  "\01\05\01\60\01\7f\00"            ;; type 0: i32 to nothing
  "\03\02\01\00"                      ;; function 0 of type 0
  "\07\08\01\04" "down" "\00\00"      ;; exported as "down"
  "\0a\13\01\11\01\8f\4e\7e"          ;; 9,999 locals of type i64 behind the parameter
  "\20\00\04\40"                      ;; local.get 0, if
  "\20\00\41\01\6b\10\00"            ;; local.get 0, i32.const 1, i32.sub, call 0
  "\0b\0b"
)
;; A frame weighs 16 + 10,000 + 2 words.
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   down: completed [] | gas 38 | high 60108
;;=   down: trapped CallStackExhausted | gas 1000000 | high 60108
