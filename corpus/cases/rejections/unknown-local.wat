;;! about = "a local that the function does not have"
(module
  (func (export "run")
    (drop (local.get 3))))
;;= rejected invalid: the module is invalid: unknown local 3: local index out of bounds (at offset 0x20)
