;;! about = "a component is no module"
(module binary "\00asm" "\0d\00\01\00")
;;= rejected feature: the module uses components, which profile modal-1 does not allow
