;;! about = "a return_call_indirect"
(module
  (table 1 funcref)
  (func (export "run") (return_call_indirect (i32.const 0))))
;;= rejected feature: the module uses tail calls, which profile modal-1 does not allow
