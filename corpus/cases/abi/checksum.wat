;;! about = "a method that reads every byte of its input: FNV-1a, as eight hexadecimal digits; 16 a byte, 17 a digit"
;;! [[run]]
;;! method = "hash"
;;! input = ""
;;! [[run]]
;;! method = "hash"
;;! input = "a"
;;! [[run]]
;;! method = "hash"
;;! input = "foobar"
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "0123456789abcdef")
  (func (export "alloc") (param i32) (result i32) (i32.const 256))
  (func (export "hash") (param $at i32) (param $length i32) (result i32)
    (local $hash i32) (local $digit i32)
    (local.set $hash (i32.const 0x811c9dc5))
    (local.set $length (i32.add (local.get $at) (local.get $length)))
    (block $read
      (loop $byte
        (br_if $read (i32.eq (local.get $at) (local.get $length)))
        (local.set $hash
          (i32.mul
            (i32.xor (local.get $hash) (i32.load8_u (local.get $at)))
            (i32.const 0x01000193)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $byte)))
    (i32.store (i32.const 64) (i32.const 8))
    (local.set $digit (i32.const 75))
    (loop $next
      (i32.store8 (local.get $digit) (i32.load8_u (i32.and (local.get $hash) (i32.const 15))))
      (local.set $hash (i32.shr_u (local.get $hash) (i32.const 4)))
      (br_if $next
        (i32.ge_u
          (local.tee $digit (i32.sub (local.get $digit) (i32.const 1)))
          (i32.const 68))))
    (i32.const 64)))
;;= run 0
;;=   hash: output "811c9dc5" | gas 172 | high 23 | memory 1 7ce9dcd96d73
;;= run 1
;;=   hash: output "e40c292c" | gas 188 | high 23 | memory 1 b42bbc8d6afc
;;= run 2
;;=   hash: output "bf9cf968" | gas 268 | high 23 | memory 1 b58f709e134f
