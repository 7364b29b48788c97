;;! about = "a try_table"
(module
  (func (export "run")
    (block $caught
      (try_table (catch_all $caught)))))
;;= rejected feature: the module uses exceptions, which profile modal-1 does not allow
