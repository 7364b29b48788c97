;;! about = "an if with parameters and without else hands them through where its condition is false"
;;! [[run]]
;;! calls = ["run i32:1", "run i32:0"]
(module
  (func (export "run") (param i32) (result i32)
    i32.const 40
    local.get 0
    if (param i32) (result i32)
      i32.const 2
      i32.add
    end))
;;= run 0
;;=   start: completed [] | gas 0 | high 0
;;=   run: completed [i32:0x0000002a] | gas 6 | high 19
;;=   run: completed [i32:0x00000028] | gas 4 | high 19
