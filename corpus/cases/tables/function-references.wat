;;! about = "a function reference keeps its identity through tables, globals and results: it is the function's index in the original"
;;! [[run]]
;;! calls = ["get i32:0", "get i32:1", "move", "get i32:1", "make", "global", "null"]
(module
  (table 2 funcref)
  (elem (i32.const 0) $second)
  (elem declare func $third)
  (global $g (mut funcref) (ref.func $first))
  (func $first)
  (func $second)
  (func $third)
  (func (export "get") (param i32) (result funcref) (table.get (local.get 0)))
  (func (export "move") (table.set (i32.const 1) (table.get (i32.const 0))))
  (func (export "make") (result funcref)
    (table.set (i32.const 0) (ref.func $third)) (table.get (i32.const 0)))
  (func (export "global") (result funcref)
    (global.set $g (table.get (i32.const 1))) (global.get $g))
  (func (export "null") (result funcref) (ref.null func)))
;;= run 0
;;=   start: completed [] | gas 4 | high 0 | globals funcref:0 | table 2 1a71797cab8e
;;=   get: completed [funcref:1] | gas 3 | high 18 | globals funcref:0 | table 2 1a71797cab8e
;;=   get: completed [funcref:null] | gas 3 | high 18 | globals funcref:0 | table 2 1a71797cab8e
;;=   move: completed [] | gas 5 | high 18 | globals funcref:0 | table 2 5cd3d1b883fa
;;=   get: completed [funcref:1] | gas 3 | high 18 | globals funcref:0 | table 2 5cd3d1b883fa
;;=   make: completed [funcref:2] | gas 6 | high 18 | globals funcref:0 | table 2 8c9a4924dea8
;;=   global: completed [funcref:1] | gas 5 | high 17 | globals funcref:1 | table 2 8c9a4924dea8
;;=   null: completed [funcref:null] | gas 2 | high 17 | globals funcref:1 | table 2 8c9a4924dea8
