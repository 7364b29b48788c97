;;! about = "a global cannot be imported"
(module
  (import "env" "base" (global i32)))
;;= rejected import: the module imports the global env.base; only these functions may be imported: env.abort() -> (), env.abort(i32, i32, i32, i32) -> (), modal.call(i32, i32, i32, i32, i64) -> (i32), modal.result(i32) -> ()
