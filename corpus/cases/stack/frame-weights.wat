;;! about = "a frame weighs 16 words and one for each parameter, local and operand, whatever their types"
;;! [[run]]
;;! calls = ["empty", "params i32:1 i64:2 f32:3 f64:4", "locals", "operands", "references externref:1 funcref:null", "both i32:1"]
(module
  (func (export "empty"))
  (func (export "params") (param i32 i64 f32 f64))
  (func (export "locals") (local i32 i64 f32 f64 funcref externref))
  (func (export "operands")
    i32.const 1 i64.const 2 f32.const 3 f64.const 4 ref.null func
    drop drop drop drop drop)
  (func (export "references") (param externref funcref))
  (func (export "both") (param i32) (local i32 i32)
    (drop (i32.add (i32.const 1) (i32.const 2)))))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   empty: completed [] | gas 1 | high 16
;;=   params: completed [] | gas 1 | high 20
;;=   locals: completed [] | gas 1 | high 22
;;=   operands: completed [] | gas 6 | high 21
;;=   references: completed [] | gas 1 | high 18
;;=   both: completed [] | gas 4 | high 21
