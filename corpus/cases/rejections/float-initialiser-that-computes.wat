;;! about = "extended initialisers compute with integers only"
(module
  (global f32 (f32.add (f32.const 1) (f32.const 2))))
;;= rejected invalid: the module is invalid: constant expression required: non-constant operator: visit_f32_add (at offset 0x17)
