;;! about = "a function of WASI"
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func (param i32))))
;;= rejected import: the module imports the function wasi_snapshot_preview1.proc_exit(i32) -> (); only these functions may be imported: env.abort() -> (), env.abort(i32, i32, i32, i32) -> (), modal.call(i32, i32, i32, i32, i64) -> (i32), modal.result(i32) -> ()
