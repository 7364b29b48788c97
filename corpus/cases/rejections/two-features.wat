;;! about = "of two features the one that is met first is named"
(module
  (memory i64 1)
  (func $f)
  (func (export "run") (return_call $f)))
;;= rejected feature: the module uses memory64, which profile modal-1 does not allow
