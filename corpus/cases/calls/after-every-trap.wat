;;! about = "an instance goes on after any trap of a call, and the next call pays for itself alone"
;;! [[run]]
;;! calls = ["good", "unreachable", "good", "gas", "good", "stack", "good", "memory", "good", "abort", "good"]
;;! gas = 20000
(module
  (import "env" "abort" (func $abort))
  (memory 1)
  (func (export "good") (result i32) (i32.const 1))
  (func (export "unreachable") unreachable)
  (func (export "gas") (loop (br 0)))
  (func $stack (export "stack") (call $stack))
  (func (export "memory") (drop (i32.load (i32.const -1))))
  (func (export "abort") (call $abort)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc
;;=   good: completed [i32:0x00000001] | gas 2 | high 17 | memory 1 e3b0c44298fc
;;=   unreachable: trapped Unreachable | gas 20000 | high 16 | memory 1 e3b0c44298fc
;;=   good: completed [i32:0x00000001] | gas 2 | high 17 | memory 1 e3b0c44298fc
;;=   gas: trapped OutOfGas | gas 20000 | high 16 | memory 1 e3b0c44298fc
;;=   good: completed [i32:0x00000001] | gas 2 | high 17 | memory 1 e3b0c44298fc
;;=   stack: trapped CallStackExhausted | gas 20000 | high 65536 | memory 1 e3b0c44298fc
;;=   good: completed [i32:0x00000001] | gas 2 | high 17 | memory 1 e3b0c44298fc
;;=   memory: trapped MemoryOutOfBounds | gas 20000 | high 17 | memory 1 e3b0c44298fc
;;=   good: completed [i32:0x00000001] | gas 2 | high 17 | memory 1 e3b0c44298fc
;;=   abort: trapped GuestAbort | gas 20000 | high 16 | called env.abort() | memory 1 e3b0c44298fc
;;=   good: completed [i32:0x00000001] | gas 2 | high 17 | memory 1 e3b0c44298fc
