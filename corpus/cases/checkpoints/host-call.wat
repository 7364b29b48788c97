;;! about = "out of gas at the call of a host function comes before the host hears of it"
;;! [[run]]
;;! calls = ["run"]
;;! gas = 1
;;! [[run]]
;;! calls = ["run"]
;;! gas = 2
(module
  (import "env" "abort" (func $abort))
  (func (export "run") (call $abort)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   run: trapped OutOfGas | gas 1 | high 16
;;= run 1
;;=   start: completed [] | gas 0 | high 0
;;=   run: trapped GuestAbort | gas 2 | high 16 | called env.abort()
