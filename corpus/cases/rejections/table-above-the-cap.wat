;;! about = "a table cannot begin above the cap"
(module
  (table 1 funcref)
  (table 65537 funcref))
;;= rejected limit: table 1 has 65537 elements to start with, and the limit is 65536
