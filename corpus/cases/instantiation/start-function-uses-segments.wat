;;! about = "the start function sees all active segments applied, finds them dropped by then, and takes from passive ones"
(module
  (type $t (func (result i32)))
  (memory 1)
  (table 1 funcref)
  (global $seen (mut i32) (i32.const 0))
  (data $active (i32.const 0) "\07")
  (data $passive "\09")
  (elem (i32.const 0) $load)
  (func $load (result i32) (i32.load8_u (i32.const 0)))
  (func $start
    (global.set $seen (call_indirect (type $t) (i32.const 0)))
    (memory.init $active (i32.const 1) (i32.const 0) (i32.const 0))
    (memory.init $passive (i32.const 1) (i32.const 0) (i32.const 1)))
  (start $start))
;; instantiation 1 + 3 + 1; entry, const, call_indirect, [entry, const, load], global.set, 4 + 0, 4 + 1
;;= run 0
;;=   start: completed [] | gas 21 | high 36 | memory 1 13e645db6ab5 | globals i32:0x00000007 | table 1 957b88b12730
