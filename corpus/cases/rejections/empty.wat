;;! about = "no bytes at all"
(module binary "")
;;= rejected malformed: the module is malformed: unexpected end-of-file (at offset 0x0)
