;;! about = "address and offset are added without wrapping around"
;;! [[run]]
;;! calls = ["near i32:0", "near i32:1", "far i32:0", "far i32:1", "far i32:-1"]
(module
  (memory 1)
  (func (export "near") (param i32) (result i32) (i32.load offset=65532 (local.get 0)))
  (func (export "far") (param i32) (result i32) (i32.load8_u offset=0xffffffff (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   near: completed [i32:0x00000000] | gas 3 | high 18 | memory 1 e3b0c44298fc
;;=   near: trapped MemoryOutOfBounds | gas 1000000 | high 18 | memory 1 e3b0c44298fc
;;=   far: trapped MemoryOutOfBounds | gas 1000000 | high 18 | memory 1 e3b0c44298fc
;;=   far: trapped MemoryOutOfBounds | gas 1000000 | high 18 | memory 1 e3b0c44298fc
;;=   far: trapped MemoryOutOfBounds | gas 1000000 | high 18 | memory 1 e3b0c44298fc
