;;! about = "a memory cannot begin above the cap"
(module
  (memory 257))
;;= rejected limit: the memory has 257 pages to start with, and the limit is 256
