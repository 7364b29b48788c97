;;! about = "a type section that ends before its length"
(module binary
  "\00asm" "\01\00\00\00"
  "\01\04\01\60"
)
;;= rejected malformed: the module is malformed: unexpected end-of-file (at offset 0xa)
