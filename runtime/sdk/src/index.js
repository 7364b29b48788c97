// Runs WebAssembly modules of contracts with the same results and the same gas as every other engine.

export { WasmExecutor } from './wasm-executor.js';
export { loadMeter } from './meter.js';
export { FaultError, RejectionError, TrapError, ViolationError } from './errors.js';
export { DEFAULT_GAS_LIMIT, MAX_GAS_LIMIT } from './guards.js';
