;;! about = "a 128-bit addition"
(module
  (func (export "run") (param i64 i64 i64 i64) (result i64 i64)
    (i64.add128 (local.get 0) (local.get 1) (local.get 2) (local.get 3))))
;;= rejected feature: the module uses wide arithmetic, which profile modal-1 does not allow
