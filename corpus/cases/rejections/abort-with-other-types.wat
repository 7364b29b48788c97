;;! about = "env.abort takes four i32, not any four"
(module
  (import "env" "abort" (func (param i32 i32 i32 i64))))
;;= rejected import: the module imports the function env.abort(i32, i32, i32, i64) -> (); only these functions may be imported: env.abort() -> (), env.abort(i32, i32, i32, i32) -> (), modal.call(i32, i32, i32, i32, i64) -> (i32), modal.result(i32) -> ()
