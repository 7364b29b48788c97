;;! about = "operands are popped before results are pushed, for every shape of operator"
;;! [[run]]
;;! calls = ["unary", "binary", "select", "store", "call", "call-indirect", "fill", "if", "block", "tee", "grow"]
(module
  (type $t (func (param i32 i32) (result i32 i32 i32)))
  (memory 1)
  (table funcref (elem $f))
  (func $f (type $t) (local.get 0) (local.get 1) (i32.const 0))
  (func (export "unary") (drop (i32.eqz (i32.const 1))))
  (func (export "binary") (drop (i32.add (i32.const 1) (i32.const 2))))
  (func (export "select") (drop (select (i32.const 1) (i32.const 2) (i32.const 3))))
  (func (export "store") (i32.store (i32.const 0) (i32.const 0)))
  (func (export "call") (call $f (i32.const 1) (i32.const 2)) drop drop drop)
  (func (export "call-indirect")
    (call_indirect (type $t) (i32.const 1) (i32.const 2) (i32.const 0)) drop drop drop)
  (func (export "fill") (memory.fill (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "if") (if (i32.const 1) (then (drop (i32.const 1)))))
  (func (export "block")
    i32.const 1
    (block (param i32) (result i32 i32) i32.const 2)
    drop drop)
  (func (export "tee") (local i32) (drop (local.tee 0 (i32.const 1))))
  (func (export "grow") (drop (memory.grow (i32.const 0)))))
;;= run 0
;;=   start: completed [] | gas 2 | high 0 | memory 1 e3b0c44298fc | table 1 957b88b12730
;;=   unary: completed [] | gas 3 | high 17 | memory 1 e3b0c44298fc | table 1 957b88b12730
;;=   binary: completed [] | gas 4 | high 18 | memory 1 e3b0c44298fc | table 1 957b88b12730
;;=   select: completed [] | gas 5 | high 19 | memory 1 e3b0c44298fc | table 1 957b88b12730
;;=   store: completed [] | gas 4 | high 18 | memory 1 e3b0c44298fc | table 1 957b88b12730
;;=   call: completed [] | gas 8 | high 40 | memory 1 e3b0c44298fc | table 1 957b88b12730
;;=   call-indirect: completed [] | gas 9 | high 40 | memory 1 e3b0c44298fc | table 1 957b88b12730
;;=   fill: completed [] | gas 5 | high 19 | memory 1 e3b0c44298fc | table 1 957b88b12730
;;=   if: completed [] | gas 4 | high 17 | memory 1 e3b0c44298fc | table 1 957b88b12730
;;=   block: completed [] | gas 3 | high 18 | memory 1 e3b0c44298fc | table 1 957b88b12730
;;=   tee: completed [] | gas 3 | high 18 | memory 1 e3b0c44298fc | table 1 957b88b12730
;;=   grow: completed [] | gas 3 | high 17 | memory 1 e3b0c44298fc | table 1 957b88b12730
