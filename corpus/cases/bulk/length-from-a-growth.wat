;;! about = "a bulk operator whose length is the result of another is charged by that result"
;;! [[run]]
;;! calls = ["memory", "table"]
(module
  (memory 3)
  (table 2 externref)
  (func (export "memory")
    (memory.fill (i32.const 0) (i32.const 65) (memory.grow (i32.const 1))))
  (func (export "table") (result i32)
    (table.grow (ref.null extern) (table.grow (ref.null extern) (memory.grow (i32.const 0))))))
;; memory: entry, 2, const, 1 + 128, 1 + 3; table: entry, null, null, const, 1, 1 + 4, 1 + 2, from sizes 2 and 6
;;= run 0
;;=   start: completed [] | gas 0 | high 0 | memory 3 e3b0c44298fc | table 2 96a296d224f2
;;=   memory: completed [] | gas 137 | high 19 | memory 4 cb1ad2119d8f | table 2 96a296d224f2
;;=   table: completed [i32:0x00000006] | gas 13 | high 19 | memory 4 cb1ad2119d8f | table 8 af5570f5a181
