;;! about = "a passive segment that nothing but data.drop names is accepted and is free"
;;! [[run]]
;;! calls = ["drop"]
(module
  (data $d "abc")
  (func (export "drop") (data.drop $d)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   drop: completed [] | gas 2 | high 16
