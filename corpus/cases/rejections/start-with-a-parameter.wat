;;! about = "a start function has no parameters"
(module
  (func $start (param i32))
  (start $start))
;;= rejected invalid: the module is invalid: invalid start function type (at offset 0x15)
