;;! about = "a sum of 33 numbers takes 65 operators, more than a constant expression may have"
(module
  (global i32
    i32.const 1
    i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add
    i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add
    i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add
    i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add
    i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add
    i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add
    i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add
    i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add i32.const 1 i32.add))
;;= rejected limit: the module has 65 operators in a constant expression, and the limit is 63
