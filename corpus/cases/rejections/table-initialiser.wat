;;! about = "a table with an initialiser for its elements came with typed references"
(module
  (func $f)
  (table 2 funcref (ref.func $f)))
;;= rejected feature: the module uses typed function references, which profile modal-1 does not allow
