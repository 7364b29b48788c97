;;! about = "an i31 reference"
(module
  (func (export "run") (result i32)
    (i31.get_s (ref.i31 (i32.const 5)))))
;;= rejected feature: the module uses gc, which profile modal-1 does not allow
