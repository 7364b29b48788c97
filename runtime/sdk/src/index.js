// Runs WebAssembly modules of contracts, and the built-in validators, with the same results and the same gas as every
// other engine.

export { WasmExecutor } from './wasm-executor.js';
export { CALL_CODES, Modules } from './composition.js';
export { loadMeter } from './meter.js';
export { loadValidators } from './validators.js';
export { CanonicalError, FaultError, RejectionError, TrapError, ValidationError, ViolationError } from './errors.js';
export { DEFAULT_GAS_LIMIT, MAX_GAS_LIMIT } from './guards.js';

/** @typedef {import('./wasm-executor.js').Execution} Execution */
/** @typedef {import('./wasm-executor.js').ModuleValidation} ModuleValidation */
/** @typedef {import('./composition.js').CallableModule} CallableModule */
/** @typedef {import('./catalogue.js').U64} U64 */
/** @typedef {import('./catalogue.js').ValidationResult} ValidationResult */
/** @typedef {import('./validators.js').Validators} Validators */
/** @typedef {import('./wasm-source.js').WasmSource} WasmSource */
/** @typedef {import('./meter.js').Meter} Meter */
/** @typedef {import('./trap.js').TrapKind} TrapKind */
/** @typedef {import('./abi.js').AbiRule} AbiRule */
/** @typedef {import('./errors.js').FaultKind} FaultKind */
