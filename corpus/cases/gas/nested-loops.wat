;;! about = "an inner loop is entered afresh by each iteration of the outer one"
;;! [[run]]
;;! calls = ["product i32:3 i32:4", "product i32:1 i32:1"]
(module
  (func (export "product") (param $rows i32) (param $columns i32) (result i32)
    (local $column i32) (local $sum i32)
    (loop $row
      (local.set $column (local.get $columns))
      (loop $cell
        (local.set $sum (i32.add (local.get $sum) (i32.const 1)))
        (br_if $cell (local.tee $column (i32.sub (local.get $column) (i32.const 1)))))
      (br_if $row (local.tee $rows (i32.sub (local.get $rows) (i32.const 1)))))
    (local.get $sum)))
;; a row: 2 + 9 per cell + 5; entry 1, last get 1
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   product: completed [i32:0x0000000c] | gas 131 | high 22
;;=   product: completed [i32:0x00000001] | gas 18 | high 22
