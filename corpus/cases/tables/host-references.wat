;;! about = "a host's references go into a table and come back as they were"
;;! [[run]]
;;! calls = ["get i32:0", "set i32:1 externref:7", "get i32:1", "null i32:1", "null i32:2", "set i32:1 externref:null", "get i32:1", "get i32:3", "set i32:3 externref:7", "pass externref:4294967295"]
(module
  (table 3 externref)
  (func (export "get") (param i32) (result externref) (table.get (local.get 0)))
  (func (export "set") (param i32 externref) (table.set (local.get 0) (local.get 1)))
  (func (export "null") (param i32) (result i32) (ref.is_null (table.get (local.get 0))))
  (func (export "pass") (param externref) (result externref) (local.get 0)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | table 3 709e80c88487
;;=   get: completed [externref:null] | gas 3 | high 18 | table 3 709e80c88487
;;=   set: completed [] | gas 4 | high 20 | table 3 28701f1bda15
;;=   get: completed [externref:7] | gas 3 | high 18 | table 3 28701f1bda15
;;=   null: completed [i32:0x00000000] | gas 4 | high 18 | table 3 28701f1bda15
;;=   null: completed [i32:0x00000001] | gas 4 | high 18 | table 3 28701f1bda15
;;=   set: completed [] | gas 4 | high 20 | table 3 709e80c88487
;;=   get: completed [externref:null] | gas 3 | high 18 | table 3 709e80c88487
;;=   get: trapped TableOutOfBounds | gas 1000000 | high 18 | table 3 709e80c88487
;;=   set: trapped TableOutOfBounds | gas 1000000 | high 20 | table 3 709e80c88487
;;=   pass: completed [externref:4294967295] | gas 2 | high 18 | table 3 709e80c88487
