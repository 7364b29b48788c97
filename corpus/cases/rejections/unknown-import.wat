;;! about = "a function that is not on the list"
(module
  (import "env" "print" (func (param i32))))
;;= rejected import: the module imports the function env.print(i32) -> (); only these functions may be imported: env.abort() -> (), env.abort(i32, i32, i32, i32) -> (), modal.call(i32, i32, i32, i32, i64) -> (i32), modal.result(i32) -> ()
