;;! about = "a table cannot be imported"
(module
  (import "env" "table" (table 1 funcref)))
;;= rejected import: the module imports the table env.table; only these functions may be imported: env.abort() -> (), env.abort(i32, i32, i32, i32) -> (), modal.call(i32, i32, i32, i32, i64) -> (i32), modal.result(i32) -> ()
