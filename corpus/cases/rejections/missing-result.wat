;;! about = "a body that leaves nothing where a result is due"
(module
  (func (export "run") (result i32)))
;;= rejected invalid: the module is invalid: type mismatch: expected i32 but nothing on stack (at offset 0x21)
