;;! about = "a guest cannot pass off a global of its own as the gas counter"
(module
  (global (export "modal:gas") (mut i64) (i64.const 0)))
;;= rejected reserved_export: the module exports "modal:gas"; names that begin with "modal:" are reserved
