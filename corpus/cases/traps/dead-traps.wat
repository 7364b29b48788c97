;;! about = "operators that would trap, grow or be charged by their operands do nothing in dead code"
;;! [[run]]
;;! calls = ["run"]
(module
  (memory 1)
  (table 1 funcref)
  (func (export "run") (result i32)
    i32.const 3
    return
    f32.const nan i32.trunc_f32_s drop
    i32.const 0 i32.const 0 i32.const -1 memory.fill
    i32.const -1 memory.grow drop
    i32.const 0 call_indirect
    i32.const 1 i32.const 0 i32.div_s))
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
;;=   run: completed [i32:0x00000003] | gas 2 | high 17 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
