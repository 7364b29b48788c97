// Runs WebAssembly modules of contracts with the same results and the same gas as every other engine.

export { WasmExecutor } from './wasm-executor.js';
export { loadMeter } from './meter.js';
export { FaultError, RejectionError, TrapError, ViolationError } from './errors.js';
export { DEFAULT_GAS_LIMIT, MAX_GAS_LIMIT } from './guards.js';

/** @typedef {import('./wasm-executor.js').Execution} Execution */
/** @typedef {import('./wasm-executor.js').ModuleValidation} ModuleValidation */
/** @typedef {import('./meter-source.js').MeterSource} MeterSource */
/** @typedef {import('./meter.js').Meter} Meter */
/** @typedef {import('./trap.js').TrapKind} TrapKind */
/** @typedef {import('./abi.js').AbiRule} AbiRule */
/** @typedef {import('./errors.js').FaultKind} FaultKind */
