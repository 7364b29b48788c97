;;! about = "an element costs one in either encoding; the operator of its expression is not charged again"
(module
  (table 3 funcref)
  (elem (i32.const 0) funcref (ref.func $f) (ref.null func) (ref.func $f))
  (elem funcref (ref.null func) (ref.null func))
  (func $f))
;;= run 0
;;=   start: completed [] | gas 6 | high 0 | table 3 f586926f30df
