;;! about = "a shared memory"
(module
  (memory 1 1 shared))
;;= rejected feature: the module uses threads, which profile modal-1 does not allow
