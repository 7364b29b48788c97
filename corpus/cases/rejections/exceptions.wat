;;! about = "a tag and a throw"
(module
  (tag $e)
  (func (export "run") (throw $e)))
;;= rejected feature: the module uses exceptions, which profile modal-1 does not allow
