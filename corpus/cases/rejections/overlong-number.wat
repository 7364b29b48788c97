;;! about = "a number encoded in more bytes than it may have"
(module binary
  "\00asm" "\01\00\00\00"
  "\01\86\80\80\80\80\00\00"
)
;;= rejected malformed: the module is malformed: invalid var_u32: integer representation too long (at offset 0xd)
