;;! about = "a call by reference"
(module
  (type $t (func))
  (func (export "run") (param (ref $t)) (call_ref $t (local.get 0))))
;;= rejected feature: the module uses typed function references, which profile modal-1 does not allow
