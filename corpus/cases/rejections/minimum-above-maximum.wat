;;! about = "a memory whose minimum is above its maximum"
(module
  (memory 3 2))
;;= rejected invalid: the module is invalid: size minimum must not be greater than maximum (at offset 0xb)
