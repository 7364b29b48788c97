;;! about = "an atomic operator, on a memory that is not shared"
(module
  (memory 1)
  (func (export "run") (result i32)
    (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))
;;= rejected feature: the module uses threads, which profile modal-1 does not allow
