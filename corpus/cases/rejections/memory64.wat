;;! about = "a memory with 64-bit addresses"
(module
  (memory i64 1))
;;= rejected feature: the module uses memory64, which profile modal-1 does not allow
