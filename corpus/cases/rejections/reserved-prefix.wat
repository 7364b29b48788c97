;;! about = "the prefix alone is reserved, with nothing behind it and for any kind of export"
(module
  (func (export "modal:")))
;;= rejected reserved_export: the module exports "modal:"; names that begin with "modal:" are reserved
