;;! about = "an initialiser that reads a global of the module itself came with garbage collection"
(module
  (global $a i32 (i32.const 1))
  (global i32 (global.get $a)))
;;= rejected feature: the module uses gc, which profile modal-1 does not allow
