;; The playground's sample: a guest of the ABI.
;;
;; `validate` looks for the first whole number of its input and answers whether it is at least 1; `echo` returns its
;; input; `spin` never ends by itself; `fail` traps.
(module
  (memory (export "memory") 17)
  (data (i32.const 16) "\1a\00\00\00{\22valid\22:true,\22errors\22:[]}")
  (data (i32.const 64) "\37\00\00\00{\22valid\22:false,\22errors\22:[\22amount must be at least 1\22]}")

  ;; An input may have 1 MiB; it lies behind the answers, with room for its length before it.
  (func (export "alloc") (param $length i32) (result i32) (i32.const 256))

  (func (export "validate") (param $at i32) (param $length i32) (result i32)
    (local $end i32) (local $digit i32) (local $amount i32)
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $digit (i32.sub (i32.load8_u (local.get $at)) (i32.const 48)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br_if $next (i32.gt_u (local.get $digit) (i32.const 9)))
        ;; Any digit but zero makes the number at least 1.
        (local.set $amount (i32.or (local.get $amount) (local.get $digit)))
        (br_if $next
          (i32.and
            (i32.lt_u (local.get $at) (local.get $end))
            (i32.lt_u (i32.sub (i32.load8_u (local.get $at)) (i32.const 48)) (i32.const 10))))))
    (select (i32.const 16) (i32.const 64) (local.get $amount)))

  (func (export "echo") (param $at i32) (param $length i32) (result i32)
    (i32.store (i32.sub (local.get $at) (i32.const 4)) (local.get $length))
    (i32.sub (local.get $at) (i32.const 4)))

  (func (export "spin") (param i32 i32) (result i32)
    (loop $for_ever (br $for_ever))
    (unreachable))

  (func (export "fail") (param i32 i32) (result i32) (unreachable)))
