;;! about = "the last byte of an access must lie in the memory, whatever its width"
;;! [[run]]
;;! calls = [
;;!   "load8 i32:65535", "load8 i32:65536", "load16 i32:65534", "load16 i32:65535",
;;!   "load32 i32:65532", "load32 i32:65533", "load64 i32:65528", "load64 i32:65529", "load8 i32:-1",
;;! ]
(module
  (memory 1)
  (data (i32.const 65528) "\01\02\03\04\05\06\07\88")
  (func (export "load8") (param i32) (result i32) (i32.load8_s (local.get 0)))
  (func (export "load16") (param i32) (result i32) (i32.load16_u (local.get 0)))
  (func (export "load32") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "load64") (param i32) (result i64) (i64.load (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 9 | high 0 | memory 1 e6a402125518
;;=   load8: completed [i32:0xffffff88] | gas 3 | high 18 | memory 1 e6a402125518
;;=   load8: trapped MemoryOutOfBounds | gas 1000000 | high 18 | memory 1 e6a402125518
;;=   load16: completed [i32:0x00008807] | gas 3 | high 18 | memory 1 e6a402125518
;;=   load16: trapped MemoryOutOfBounds | gas 1000000 | high 18 | memory 1 e6a402125518
;;=   load32: completed [i32:0x88070605] | gas 3 | high 18 | memory 1 e6a402125518
;;=   load32: trapped MemoryOutOfBounds | gas 1000000 | high 18 | memory 1 e6a402125518
;;=   load64: completed [i64:0x8807060504030201] | gas 3 | high 18 | memory 1 e6a402125518
;;=   load64: trapped MemoryOutOfBounds | gas 1000000 | high 18 | memory 1 e6a402125518
;;=   load8: trapped MemoryOutOfBounds | gas 1000000 | high 18 | memory 1 e6a402125518
