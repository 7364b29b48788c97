;;! about = "an address that is shifted has 32 bits: what is shifted out is no part of it"
;;! [[run]]
;;! calls = [
;;!   "by1 i32:0x80000008", "by2 i32:0xc0000004", "by3 i32:0xe0000002", "scaled i32:8 i32:0x40000002", "store i32:0x20000004",
;;! ]
;; Wasmtime 6.0.0 on x86-64 folds the shift into the address of the access, where it is done in 64 bits: up to 35 of them are
;; added to the base of the memory (CVE-2023-26489). What lies there is not the guest's.
;; Treatment: that release is not used; 6.0.1 is mended.
(module
  (memory 1)
  (data (i32.const 16) "\01\02\03\04")
  (func (export "by1") (param i32) (result i32) (i32.load (i32.shl (local.get 0) (i32.const 1))))
  (func (export "by2") (param i32) (result i32) (i32.load (i32.shl (local.get 0) (i32.const 2))))
  (func (export "by3") (param i32) (result i32) (i32.load (i32.shl (local.get 0) (i32.const 3))))
  (func (export "scaled") (param i32 i32) (result i32)
    (i32.load (i32.add (local.get 0) (i32.shl (local.get 1) (i32.const 2)))))
  (func (export "store") (param i32)
    (i32.store (i32.shl (local.get 0) (i32.const 3)) (i32.const 5))))
;;= run 0
;;=   start: completed [] | gas 5 | high 0 | memory 1 ba967c99d148
;;=   by1: completed [i32:0x04030201] | gas 5 | high 19 | memory 1 ba967c99d148
;;=   by2: completed [i32:0x04030201] | gas 5 | high 19 | memory 1 ba967c99d148
;;=   by3: completed [i32:0x04030201] | gas 5 | high 19 | memory 1 ba967c99d148
;;=   scaled: completed [i32:0x04030201] | gas 7 | high 21 | memory 1 ba967c99d148
;;=   store: completed [] | gas 6 | high 19 | memory 1 2ef56de9bee6
