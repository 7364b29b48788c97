;;! about = "the high-water is the deepest of several excursions, not the last and not their sum"
;;! [[run]]
;;! calls = ["run", "twice"]
(module
  (func $small)
  (func $large (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64))
  (func $middle (call $small))
  ;; 16 and the most of 16, 26 and 16 + 16.
  (func (export "run") (call $small) (call $large) (call $middle))
  (func (export "twice") (call $large) (call $large)))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   run: completed [] | gas 9 | high 48
;;=   twice: completed [] | gas 5 | high 42
