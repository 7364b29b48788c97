// A case is a module and the runs to make of it. Running one gives an observation: all that this engine saw.

import { callAbi, checkAbi } from '../abi.js';
import { RejectionError } from '../errors.js';
import { MeteredInstance } from '../instance.js';
import { engineFault } from '../trap.js';
import { Guest } from './guest.js';
import { Shim, hasFloats, isFloat } from './shim.js';
import { hex32 } from './values.js';

/** @typedef {import('../abi.js').Violation} Violation */
/** @typedef {import('../instance.js').CompiledModule} CompiledModule */
/** @typedef {import('../interface.js').FunctionType} FunctionType */
/** @typedef {import('../interface.js').GlobalType} GlobalType */
/** @typedef {import('../meter.js').Meter} Meter */
/** @typedef {import('../trap.js').TrapKind} TrapKind */
/** @typedef {import('./state.js').State} State */

/** @typedef {{ export: string, args: string[], gas: number }} Call */
/** @typedef {{ kind: 'exports', startGas: number, calls: Call[] }} ExportsRun */
/** @typedef {{ kind: 'abi', method: string, input: Uint8Array, gas: number }} AbiRun */
/** @typedef {ExportsRun | AbiRun} Run */
/** @typedef {{ module: Uint8Array, runs: Run[] }} Case */

/** @typedef {{ completed: string[] } | { output: string } | { trapped: TrapKind } | { violated: Violation }} Outcome */

/**
 * @typedef {object} Step
 * @property {Outcome} outcome
 * @property {number} gas_used
 * @property {number} gas_left
 * @property {number} stack_high_water
 * @property {{ module: string, name: string, args: string[] }[]} host_calls
 * @property {State | null} state
 */

/**
 * @typedef {object} Observation
 * @property {{ accepted: { metered_sha256: string } } | { rejected: { kind: string, message: string } }} module
 * @property {{ steps: Step[] }[]} runs
 */

/**
 * Runs a case: its module is metered and compiled once, each run has an instance of its own.
 * @param {Meter} meter
 * @param {Case} subject
 * @returns {Observation}
 * @throws {import('../errors.js').FaultError} if the case cannot be observed
 */
export function observe(meter, { module, runs }) {
  let metered;
  try {
    metered = meter.meter(module);
  } catch (error) {
    if (!(error instanceof RejectionError)) throw error;
    return { module: { rejected: { kind: error.kind, message: error.message } }, runs: [] };
  }
  const prepared = new PreparedModule({
    module: compile(metered.bytes),
    interface: metered.interface,
    stackLimitWords: meter.constants.stack_limit_words,
  });
  return {
    module: { accepted: { metered_sha256: metered.sha256 } },
    runs: runs.map((run) => ({ steps: run.kind === 'exports' ? prepared.runExports(run) : prepared.runAbi(run) })),
  };
}

/** A module that is ready to run, and the shims that its instances share. */
class PreparedModule {
  #compiled;
  /** @type {Shim | undefined} */
  #functionShim;
  /** @type {Shim | undefined} */
  #globalShim;

  /** @param {CompiledModule} compiled */
  constructor(compiled) {
    this.#compiled = compiled;
  }

  /**
   * @param {ExportsRun} run
   * @returns {Step[]}
   */
  runExports({ startGas, calls }) {
    const [instance, guest] = this.#instantiate();
    instance.begin(startGas);
    const started = instance.start();
    if (started.trapped !== null) return [step({ trapped: started.trapped }, startGas, instance, guest)];
    return [
      step({ completed: [] }, startGas, instance, guest),
      ...calls.map(({ export: name, args, gas }) => step(guest.call(name, args, gas), gas, instance, guest)),
    ];
  }

  /**
   * @param {AbiRun} run
   * @returns {Step[]}
   */
  runAbi({ method, input, gas }) {
    const violation = checkAbi(this.#compiled.interface, method);
    if (violation !== null) return [stepBeforeInstance(violation, gas)];
    const [instance, guest] = this.#instantiate();
    return [step(callAbi(instance, method, input, gas), gas, instance, guest)];
  }

  /** @returns {Shim} */
  functionShim() {
    this.#functionShim ??= new Shim({ functions: this.#floatFunctions(), globals: new Map() });
    return this.#functionShim;
  }

  /** @returns {Shim} */
  globalShim() {
    this.#globalShim ??= new Shim({ functions: new Map(), globals: this.#floatGlobals() });
    return this.#globalShim;
  }

  /** @returns {[MeteredInstance, Guest]} */
  #instantiate() {
    const instance = MeteredInstance.make(this.#compiled);
    return [instance, new Guest(instance, this.#compiled.interface, this)];
  }

  #floatFunctions() {
    /** @type {Map<string, FunctionType>} */
    const found = new Map();
    for (const [name, item] of this.#compiled.interface.exports) {
      if (item.kind === 'function' && hasFloats(item)) found.set(name, item);
    }
    return found;
  }

  #floatGlobals() {
    /** @type {Map<string, GlobalType>} */
    const found = new Map();
    this.#compiled.interface.globals.forEach((global, index) => {
      if (isFloat(global.value)) found.set(`modal:g${index}`, global);
    });
    return found;
  }
}

/**
 * @param {Outcome} outcome
 * @param {number} gasLimit
 * @param {MeteredInstance} instance
 * @param {Guest} guest
 * @returns {Step}
 */
function step(outcome, gasLimit, instance, guest) {
  const gas_left = 'completed' in outcome || 'output' in outcome ? instance.gasLeft : 0;
  return {
    outcome,
    gas_used: gasLimit - gas_left,
    gas_left,
    stack_high_water: instance.stackHighWater,
    host_calls: instance.hostCalls.map(({ module, name, args }) => {
      return { module, name, args: args.map((value) => `i32:${hex32(value)}`) };
    }),
    state: guest.state(),
  };
}

/**
 * @param {Violation} violated
 * @param {number} gasLimit
 * @returns {Step}
 */
function stepBeforeInstance(violated, gasLimit) {
  return { outcome: { violated }, gas_used: gasLimit, gas_left: 0, stack_high_water: 0, host_calls: [], state: null };
}

/** @param {Uint8Array} bytes */
function compile(bytes) {
  try {
    return new WebAssembly.Module(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
  } catch (error) {
    throw engineFault(error);
  }
}
