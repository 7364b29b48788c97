;;! about = "what the start function grows is there for the calls after it"
;;! [[run]]
;;! calls = ["size"]
(module
  (memory 0)
  (func $start (drop (memory.grow (i32.const 2))))
  (start $start)
  (func (export "size") (result i32) (memory.size)))
;;= run 0
;;=   start: completed [] | gas 259 | high 17 | memory 2 e3b0c44298fc
;;=   size: completed [i32:0x00000002] | gas 2 | high 17 | memory 2 e3b0c44298fc
