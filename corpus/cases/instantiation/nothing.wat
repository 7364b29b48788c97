;;! about = "a module without segments, initialisers and start function starts without any gas"
(module)
;;= run 0
;;=   start: completed [] | gas 0 | high 0
