;;! about = "a table with 64-bit indices belongs to the same proposal"
(module
  (table i64 1 funcref))
;;= rejected feature: the module uses memory64, which profile modal-1 does not allow
