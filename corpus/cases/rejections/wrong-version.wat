;;! about = "the version after the next"
(module binary "\00asm" "\02\00\00\00")
;;= rejected malformed: the module is malformed: unknown binary version:        0x2 (at offset 0x4)
