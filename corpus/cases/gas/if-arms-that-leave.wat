;;! about = "an arm that leaves by br or return charges nothing of what follows the if, and the other arm still does"
;;! [[run]]
;;! calls = ["run i32:0", "run i32:1", "run i32:2"]
(module
  (func (export "run") (param i32) (result i32)
    (block
      (if (local.get 0)
        (then
          (if (i32.eq (local.get 0) (i32.const 1))
            (then (return (i32.const 11)))
            (else (br 2))))
        (else (drop (i32.const 0))))
      (return (i32.const 22)))
    (i32.const 33)))
;; run 0: entry get if const const; run 1: entry get if, get const eq if, const; run 2: entry get if, get const eq if br, const
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   run: completed [i32:0x00000016] | gas 5 | high 19
;;=   run: completed [i32:0x0000000b] | gas 8 | high 19
;;=   run: completed [i32:0x00000021] | gas 9 | high 19
