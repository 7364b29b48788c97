;;! about = "ceil, floor and trunc keep the sign where they round to zero"
;;! [[run]]
;;! calls = ["ceil f64:-0.5", "ceil f64:0.5", "floor f64:-0.5", "floor f64:0.5", "trunc f64:-0.9", "trunc f64:1.9", "ceil f64:inf"]
(module
  (func (export "ceil") (param f64) (result f64) (f64.ceil (local.get 0)))
  (func (export "floor") (param f64) (result f64) (f64.floor (local.get 0)))
  (func (export "trunc") (param f64) (result f64) (f64.trunc (local.get 0))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   ceil: completed [f64:0x8000000000000000] | gas 3 | high 18
;;=   ceil: completed [f64:0x3ff0000000000000] | gas 3 | high 18
;;=   floor: completed [f64:0xbff0000000000000] | gas 3 | high 18
;;=   floor: completed [f64:0x0000000000000000] | gas 3 | high 18
;;=   trunc: completed [f64:0x8000000000000000] | gas 3 | high 18
;;=   trunc: completed [f64:0x3ff0000000000000] | gas 3 | high 18
;;=   ceil: completed [f64:0x7ff0000000000000] | gas 3 | high 18
