;;! about = "the older form of exceptions"
(module
  (func (export "run")
    try
    catch_all
    end))
;;= rejected feature: the module uses legacy exceptions, which profile modal-1 does not allow
