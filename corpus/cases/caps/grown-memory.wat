;;! about = "pages that were grown are zero and behind the old ones, which keep their bytes"
;;! [[run]]
;;! calls = ["load i32:65536", "grow", "load i32:65536", "load i32:65535", "store", "load i32:131071"]
(module
  (memory 1)
  (data (i32.const 65535) "\ff")
  (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))
  (func (export "store") (i32.store16 (i32.const 65535) (i32.const 0x0102))))
;;= run 0
;;=   start: completed [] | gas 2 | high 0 | memory 1 edd7a95e0827
;;=   load: trapped MemoryOutOfBounds | gas 1000000 | high 18 | memory 1 edd7a95e0827
;;=   grow: completed [i32:0x00000001] | gas 131 | high 17 | memory 2 edd7a95e0827
;;=   load: completed [i32:0x00000000] | gas 3 | high 18 | memory 2 edd7a95e0827
;;=   load: completed [i32:0x000000ff] | gas 3 | high 18 | memory 2 edd7a95e0827
;;=   store: completed [] | gas 4 | high 18 | memory 2 bcfad444c4cb
;;=   load: completed [i32:0x00000000] | gas 3 | high 18 | memory 2 bcfad444c4cb
