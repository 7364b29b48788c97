;;! about = "a function whose one group of locals is one too large, in eight bytes of code"
(module binary
  "\00asm" "\01\00\00\00"
  "\01\04\01\60\00\00"            ;; type 0: no parameters, no results
  "\03\02\01\00"                  ;; function 0 of type 0
  "\0a\07\01\05\01\91\4e\7e\0b"    ;; 10,001 locals of type i64
)
;;= rejected limit: function 0 has 10001 parameters and locals, and the limit is 10000
