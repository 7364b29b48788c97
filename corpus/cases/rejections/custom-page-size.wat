;;! about = "a memory with pages of one byte"
(module
  (memory 1 (pagesize 1)))
;;= rejected feature: the module uses custom page sizes, which profile modal-1 does not allow
