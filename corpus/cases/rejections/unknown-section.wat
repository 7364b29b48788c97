;;! about = "a section of a number that nobody knows"
(module binary
  "\00asm" "\01\00\00\00"
  "\20\00"
)
;;= rejected malformed: the module is malformed: malformed section id: 32 (at offset 0xa)
