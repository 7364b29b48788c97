// A WasmExecutor runs modules of contracts under a gas limit, and the built-in validators.

import { callAbi, checkAbi } from './abi.js';
import { Composition, Modules } from './composition.js';
import { documentText } from './document.js';
import { RejectionError, TrapError, ViolationError } from './errors.js';
import { DEFAULT_GAS_LIMIT, aGasLimit, aString, bytes, inputBytes } from './guards.js';
import { MeteredInstance } from './instance.js';
import { loadMeter } from './meter.js';
import { engineFault } from './trap.js';
import { loadValidators } from './validators.js';

/** @typedef {import('./composition.js').CallableModule} CallableModule */
/** @typedef {import('./meter.js').MeteredModule} MeteredModule */
/** @typedef {import('./catalogue.js').U64} U64 */
/** @typedef {import('./catalogue.js').ValidationResult} ValidationResult */

/**
 * A run to completion.
 * @typedef {object} Execution
 * @property {string} output what the method returned
 * @property {number} gas_used metered gas, the same on every engine
 * @property {number} gas_limit
 * @property {number} stack_high_water the most stack words that were in use
 */

/**
 * What validation says of a module.
 * @typedef {object} ModuleValidation
 * @property {boolean} valid
 * @property {string[]} errors why not
 * @property {string | null} kind the rule that refused the module
 * @property {string | null} metered_sha256 the hash of the bytes that would run, in lower hex
 */

/**
 * Runs modules under a gas limit, and the validators that every contract needs; {@link loadValidators} gives all of them.
 * What a validator charges is validation gas, from a table of its own: the limit has nothing to do with it.
 */
export class WasmExecutor {
  #gasLimit;

  /** @param {number} [gasLimit] an integer from 1 to 100,000,000 */
  constructor(gasLimit = DEFAULT_GAS_LIMIT) {
    this.#gasLimit = aGasLimit(gasLimit, 'gasLimit');
  }

  /** @returns {number} */
  getGasLimit() {
    return this.#gasLimit;
  }

  /** @param {number} gasLimit an integer from 1 to 100,000,000; runs that have begun keep theirs */
  setGasLimit(gasLimit) {
    this.#gasLimit = aGasLimit(gasLimit, 'gasLimit');
  }

  /**
   * Validates a transaction, `{"amount", "to"}`, under a network's parameters, `{"min_amount"?}`.
   * @param {unknown} tx a string is JSON text, anything else is written as JSON; so are all documents below
   * @param {unknown} params
   * @returns {Promise<ValidationResult>}
   * @throws {TypeError | RangeError} about an argument; so do all validators below
   * @throws {import('./errors.js').ValidationError} if a document is no JSON; so do all validators below
   */
  async validateTransaction(tx, params) {
    return (await loadValidators()).validateTransaction(tx, params);
  }

  /**
   * Validates a value that is posted to a path of a contract. A value that is no JSON breaks a rule and throws nothing.
   * @param {string} contractId
   * @param {string} path
   * @param {unknown} value
   * @param {unknown} state
   * @returns {Promise<ValidationResult>}
   */
  async validatePostAction(contractId, path, value, state) {
    return (await loadValidators()).validatePostAction(contractId, path, value, state);
  }

  /**
   * Validates a transfer against the sender's state, `{"balance"}`.
   * @param {string} from
   * @param {string} to
   * @param {U64} amount a safe integer or a BigInt, below 2^64
   * @param {unknown} state
   * @returns {Promise<ValidationResult>}
   */
  async validateAssetTransfer(from, to, amount, state) {
    return (await loadValidators()).validateAssetTransfer(from, to, amount, state);
  }

  /**
   * Computes the next difficulty from a list of blocks, `[{"timestamp", "difficulty"?}, …]`.
   * @param {unknown} blocks
   * @returns {Promise<bigint>} a BigInt, because a difficulty can be any u64
   */
  async computeDifficultyAdjustment(blocks) {
    return (await loadValidators()).computeDifficultyAdjustment(blocks);
  }

  /**
   * Runs a method of a user's module by the guest ABI, in an instance of its own.
   * @param {Uint8Array | ArrayBuffer} wasmBytes the original module
   * @param {string} method the export to run
   * @param {unknown} args a string is passed as it is, anything else as `JSON.stringify` writes it, and BigInts as integers
   * @param {{ modules?: Modules | Readonly<Record<string, CallableModule>> }} [options] `modules`: those that the guest
   *   can call, by name; prepared ones are spared being compiled again
   * @returns {Promise<Execution>}
   * @throws {TypeError | RangeError} about an argument; nothing has run
   * @throws {import('./errors.js').RejectionError} if the module is refused; nothing has run
   * @throws {TrapError} if the run was stopped
   * @throws {ViolationError} if the guest broke the ABI
   * @throws {import('./errors.js').FaultError} if the engine or the machine broke: this says nothing about the module
   */
  async executeUserWasm(wasmBytes, method, args, { modules = {} } = {}) {
    const original = bytes(wasmBytes, 'wasmBytes');
    const entry = aString(method, 'method');
    const input = inputBytes(documentText(args, 'args'), 'args');
    const gas_limit = this.#gasLimit;
    const consumed = { gas_used: gas_limit, gas_limit };

    const meter = await loadMeter();
    const metered = meter.meter(original);
    const violation = checkAbi(metered.interface, entry);
    if (violation !== null) throw new ViolationError(violation, consumed);

    const callable = modules instanceof Modules ? modules : await Modules.prepare(modules);
    const composition = new Composition(callable, meter.constants, [metered.originalSha256]);
    const instance = await MeteredInstance.makeAsync({
      module: await compile(metered),
      bytes: metered.bytes,
      interface: metered.interface,
      stackLimitWords: meter.constants.stack_limit_words,
    }, composition);
    const outcome = callAbi(instance, entry, input, gas_limit);
    if ('trapped' in outcome) throw new TrapError(outcome.trapped, consumed);
    if ('violated' in outcome) throw new ViolationError(outcome.violated, consumed);
    return {
      output: outcome.output,
      gas_used: gas_limit - instance.gasLeft,
      gas_limit,
      stack_high_water: instance.stackHighWater,
    };
  }

  /**
   * Whether a module would be accepted: well-formed, within the profile and its limits, importing only what there is.
   * @param {Uint8Array | ArrayBuffer} wasmBytes
   * @returns {Promise<ModuleValidation>}
   */
  async validateWasmModule(wasmBytes) {
    const original = bytes(wasmBytes, 'wasmBytes');
    const meter = await loadMeter();
    try {
      return { valid: true, errors: [], kind: null, metered_sha256: meter.meter(original).sha256 };
    } catch (error) {
      if (!(error instanceof RejectionError)) throw error;
      return { valid: false, errors: [error.message], kind: error.kind, metered_sha256: null };
    }
  }
}

/**
 * @param {MeteredModule} metered
 * @returns {Promise<WebAssembly.Module>}
 */
async function compile(metered) {
  try {
    return await WebAssembly.compile(/** @type {Uint8Array<ArrayBuffer>} */ (metered.bytes));
  } catch (error) {
    throw engineFault(error);
  }
}
