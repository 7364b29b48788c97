;;! about = "a memory cannot be imported"
(module
  (import "env" "memory" (memory 1)))
;;= rejected import: the module imports the memory env.memory; only these functions may be imported: env.abort() -> (), env.abort(i32, i32, i32, i32) -> (), modal.call(i32, i32, i32, i32, i64) -> (i32), modal.result(i32) -> ()
