;;! about = "bytes that do not begin as WebAssembly does"
(module binary "not wasm")
;;= rejected malformed: the module is malformed: magic header not detected: bad magic number - expected=[
;;=     0x0,
;;=     0x61,
;;=     0x73,
;;=     0x6d,
;;= ] actual=[
;;=     0x6e,
;;=     0x6f,
;;=     0x74,
;;=     0x20,
;;= ] (at offset 0x0)
