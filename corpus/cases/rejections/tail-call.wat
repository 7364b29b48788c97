;;! about = "a return_call"
(module
  (func $f)
  (func (export "run") (return_call $f)))
;;= rejected feature: the module uses tail calls, which profile modal-1 does not allow
