;;! about = "a code section without a function section"
(module binary
  "\00asm" "\01\00\00\00"
  "\0a\04\01\02\00\0b"
)
;;= rejected malformed: the module is malformed: function section is absent but code section has non-zero count (at offset 0xa)
