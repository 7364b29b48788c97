;;! about = "a vector type is enough, without an operator on it"
(module
  (func (export "run") (local v128)))
;;= rejected feature: the module uses simd, which profile modal-1 does not allow
