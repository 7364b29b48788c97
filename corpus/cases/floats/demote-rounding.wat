;;! about = "demote rounds to nearest, ties to even, through subnormals to zero and over the largest to infinity"
;;! [[run]]
;;! calls = [
;;!   "demote f64:0x3ff0000010000000",
;;!   "demote f64:0x3ff0000030000000",
;;!   "demote f64:0x3ff0000010000001",
;;!   "demote f64:0x47efffffefffffff",
;;!   "demote f64:0x47effffff0000000",
;;!   "demote f64:0x36a0000000000000",
;;!   "demote f64:0x3690000000000000",
;;!   "demote f64:0xb690000000000001",
;;! ]
;; 1 and half a unit; one and a half units; just above half; just below and at the tie to infinity; the smallest
;; subnormal, half of it, and just above half of it.
(module
  (func (export "demote") (param f64) (result f32) (f32.demote_f64 (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   demote: completed [f32:0x3f800000] | gas 3 | high 18
;;=   demote: completed [f32:0x3f800002] | gas 3 | high 18
;;=   demote: completed [f32:0x3f800001] | gas 3 | high 18
;;=   demote: completed [f32:0x7f7fffff] | gas 3 | high 18
;;=   demote: completed [f32:0x7f800000] | gas 3 | high 18
;;=   demote: completed [f32:0x00000001] | gas 3 | high 18
;;=   demote: completed [f32:0x00000000] | gas 3 | high 18
;;=   demote: completed [f32:0x80000001] | gas 3 | high 18
