;;! about = "memory.init without the section that counts segments"
(module binary
  "\00asm" "\01\00\00\00"
  "\01\04\01\60\00\00"
  "\03\02\01\00"
  "\05\03\01\00\01"
  "\0a\0e\01\0c\00\41\00\41\00\41\00\fc\08\00\00\0b"
  "\0b\04\01\01\01a"
)
;;= rejected malformed: the module is malformed: data count section required (at offset 0x22)
