;;! about = "the start function may be the host's own: it is called without a frame and without gas"
(module
  (import "env" "abort" (func $abort))
  (start $abort))
;;= run 0
;;=   start: trapped GuestAbort | gas 1000000 | high 0 | called env.abort()
