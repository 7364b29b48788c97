// The outcome of a run, written as the corpus writes it. This file runs in pages too.

/** @typedef {typeof import('../../src/index.js')} Sdk */

/**
 * A module that guests can call.
 * @typedef {{ name: string, bytes: number[], gas: number }} Callable
 */

/**
 * Runs a method by the ABI.
 * @param {Sdk} sdk
 * @param {Uint8Array} module
 * @param {{ method: string, input: string, gas: number }} run
 * @param {readonly Callable[]} [modules] that the guest can call
 * @returns {Promise<string>}
 */
export async function runOutcome({ WasmExecutor, TrapError, ViolationError }, module, { method, input, gas }, modules = []) {
  try {
    const run = await new WasmExecutor(gas).executeUserWasm(module, method, input, { modules: callable(modules) });
    return `${method}: output ${quoted(run.output)} | gas ${run.gas_used} | high ${run.stack_high_water}`;
  } catch (error) {
    if (error instanceof TrapError) return `${method}: trapped ${error.kind} | gas ${error.gas_used}`;
    if (!(error instanceof ViolationError)) throw error;
    const of = error.export === undefined ? '' : ` ${quoted(error.export)}`;
    return `${method}: violated ${error.rule}${of} | gas ${error.gas_used}`;
  }
}

/**
 * Modules as the SDK takes them.
 * @param {readonly Callable[]} modules
 */
export function callable(modules) {
  return Object.fromEntries(modules.map(({ name, bytes, gas }) => [name, { wasmBytes: new Uint8Array(bytes), gasLimit: gas }]));
}

/**
 * Says why a module is refused, or that it is not.
 * @param {Sdk} sdk
 * @param {Uint8Array} module
 * @returns {Promise<string>}
 */
export async function validationOutcome({ WasmExecutor }, module) {
  const { valid, kind, errors } = await new WasmExecutor().validateWasmModule(module);
  return valid ? 'accepted' : `rejected ${kind}: ${errors.join('; ')}`;
}

/**
 * A text as Rust's `{:?}` writes it, which is how the corpus writes outputs.
 * @param {string} text
 */
function quoted(text) {
  const escapes = new Map([['\0', '\\0'], ['\t', '\\t'], ['\n', '\\n'], ['\r', '\\r'], ['"', '\\"'], ['\\', '\\\\']]);
  return `"${[...text].map((char) => escapes.get(char) ?? char).join('')}"`;
}
