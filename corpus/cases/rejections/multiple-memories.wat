;;! about = "a second memory"
(module
  (memory 1)
  (memory 1))
;;= rejected feature: the module uses multi-memory, which profile modal-1 does not allow
