;;! about = "demote and promote turn every NaN into the canonical one, where the specification lets the payload through"
;;! [[run]]
;;! calls = ["demote f64:0xfff4000000000001", "demote f64:0x7ff8000020000000", "promote f32:0xffa00001", "promote f32:0x7fc00001", "demote f64:-inf", "promote f32:-0"]
(module
  (func (export "demote") (param f64) (result f32) (f32.demote_f64 (local.get 0)))
  (func (export "promote") (param f32) (result f64) (f64.promote_f32 (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   demote: completed [f32:0x7fc00000] | gas 3 | high 18
;;=   demote: completed [f32:0x7fc00000] | gas 3 | high 18
;;=   promote: completed [f64:0x7ff8000000000000] | gas 3 | high 18
;;=   promote: completed [f64:0x7ff8000000000000] | gas 3 | high 18
;;=   demote: completed [f32:0xff800000] | gas 3 | high 18
;;=   promote: completed [f64:0x8000000000000000] | gas 3 | high 18
