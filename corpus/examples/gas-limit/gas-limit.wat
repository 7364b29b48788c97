;;! about = "what a call costs grows with its input, and a limit of exactly that suffices: 52 gas, and 16 for each vote"
;;! [[run]]
;;! about = "eight votes under the limit of a caller that names none: 52 + 8 x 16"
;;! method = "tally"
;;! input = "ynyynyyy"
;;! gas = 10_000_000
;;! [[run]]
;;! about = "the same call under exactly what it costs"
;;! method = "tally"
;;! input = "ynyynyyy"
;;! gas = 180
;;! [[run]]
;;! about = "one less: no output, and the whole limit is consumed"
;;! method = "tally"
;;! input = "ynyynyyy"
;;! gas = 179
;;! [[run]]
;;! about = "eight votes more are 128 gas more"
;;! method = "tally"
;;! input = "ynyynyyyynyynyyy"
;;! gas = 10_000_000
;;! [[run]]
;;! about = "a limit that suffices for eight votes does not for nine"
;;! method = "tally"
;;! input = "ynyynyyyy"
;;! gas = 180
;;
;; A guest that counts the votes for `y` in its input. With it in view, gas can be counted by hand: each operator is 1,
;; each function entered 1, each byte of initial data 1; `block`, `loop` and the like are free.
(module
  (memory (export "memory") 1)

  ;; The result: its length, then its text, whose digits are filled in. 12 bytes and an offset: 13 gas to instantiate.
  (data (i32.const 0) "\08\00\00\00yes: 000")

  ;; The input goes where nothing else is. Entering and one operator: 2 gas.
  (func (export "alloc") (param $length i32) (result i32)
    (i32.const 16))

  (func (export "tally") (param $at i32) (param $length i32) (result i32)
    (local $end i32) (local $yes i32)
    ;; Entering is 1; more votes than there are digits for are refused: 4; the end: 4.
    (if (i32.gt_u (local.get $length) (i32.const 999))
      (then unreachable))
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (block $counted
      (loop $vote
        ;; Whether there is a vote left: 4, once more than there are votes.
        (br_if $counted (i32.eq (local.get $at) (local.get $end)))
        ;; Counting it: 7; going on to the next: 4 and 1 for the branch. So a vote is 16.
        (local.set $yes
          (i32.add (local.get $yes) (i32.eq (i32.load8_u (local.get $at)) (i32.const 121))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $vote)))
    ;; The digits: 7, 9 and 7.
    (i32.store8 (i32.const 9) (i32.add (i32.div_u (local.get $yes) (i32.const 100)) (i32.const 48)))
    (i32.store8 (i32.const 10)
      (i32.add (i32.rem_u (i32.div_u (local.get $yes) (i32.const 10)) (i32.const 10)) (i32.const 48)))
    (i32.store8 (i32.const 11) (i32.add (i32.rem_u (local.get $yes) (i32.const 10)) (i32.const 48)))
    ;; Where the result is: 1. In all 13 + 2 + 1 + 4 + 4 + 4 + 23 + 1 = 52, and 16 for each vote.
    (i32.const 0)))
;;= run 0
;;=   tally: output "yes: 006" | gas 180 | high 23 | memory 1 6f24dbb38900
;;= run 1
;;=   tally: output "yes: 006" | gas 180 | high 23 | memory 1 6f24dbb38900
;;= run 2
;;=   tally: trapped OutOfGas | gas 179 | high 23 | memory 1 6f24dbb38900
;;= run 3
;;=   tally: output "yes: 012" | gas 308 | high 23 | memory 1 fd941068729a
;;= run 4
;;=   tally: trapped OutOfGas | gas 180 | high 23 | memory 1 0345d0cdde7c
