;;! about = "data.drop and elem.drop are ordinary operators and no checkpoints"
;;! [[run]]
;;! calls = ["run"]
;;! gas = 1
(module
  (memory 1)
  (table 1 funcref)
  (data $d "abc")
  (elem $e func 0)
  (func (export "run")
    (data.drop $d)
    (elem.drop $e)
    unreachable))
;;= run 0
;;=   start: completed [] | gas 1 | high 0 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
;;=   run: trapped Unreachable | gas 1 | high 16 | memory 1 e3b0c44298fc | table 1 6e340b9cffb3
