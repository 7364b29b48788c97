;;! about = "env.abort is on the list with none and with four parameters"
(module
  (import "env" "abort" (func (param i32 i32))))
;;= rejected import: the module imports the function env.abort(i32, i32) -> (); only these functions may be imported: env.abort() -> (), env.abort(i32, i32, i32, i32) -> (), modal.call(i32, i32, i32, i32, i64) -> (i32), modal.result(i32) -> ()
