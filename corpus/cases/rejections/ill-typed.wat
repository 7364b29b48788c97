;;! about = "an operand of the wrong type"
(module
  (func (export "run") (result i32)
    (i64.const 1)))
;;= rejected invalid: the module is invalid: type mismatch: expected i32, found i64 (at offset 0x23)
