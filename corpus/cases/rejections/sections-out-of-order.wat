;;! about = "a type section behind the function section"
(module binary
  "\00asm" "\01\00\00\00"
  "\03\01\00"
  "\01\01\00"
)
;;= rejected malformed: the module is malformed: section out of order (at offset 0xd)
