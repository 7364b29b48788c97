;;! about = "a structure type"
(module
  (type $point (struct (field i32) (field i32)))
  (func (export "run") (result i32)
    (struct.get $point 1 (struct.new $point (i32.const 1) (i32.const 2)))))
;;= rejected feature: the module uses gc, which profile modal-1 does not allow
