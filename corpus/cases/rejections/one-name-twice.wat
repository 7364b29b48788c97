;;! about = "two exports of one name"
(module
  (func (export "run") (export "run")))
;;= rejected invalid: the module is invalid: duplicate export name `run` already defined (at offset 0x1b)
