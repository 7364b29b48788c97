;;! about = "the start function runs once, under the start's gas and with a stack of its own; called again it costs what a call costs"
;;! [[run]]
;;! calls = ["start", "start"]
(module
  (global $runs (mut i32) (i32.const 0))
  (func $start (export "start")
    (global.set $runs (i32.add (global.get $runs) (i32.const 1))))
  (start $start))
;;= run 0
;;=   start: completed [] | gas 6 | high 18 | globals i32:0x00000001
;;=   start: completed [] | gas 5 | high 18 | globals i32:0x00000002
;;=   start: completed [] | gas 5 | high 18 | globals i32:0x00000003
