;;! about = "a ref.func of a function that nothing declares"
(module
  (func $f)
  (func (export "run") (drop (ref.func $f))))
;;= rejected invalid: the module is invalid: undeclared function reference (at offset 0x24)
