// A metered instance is one run's copy of a metered module: it is started once, then called, each call under a gas
// limit. The counters live in the module, in exports whose names begin with `modal:`.

import { FaultError } from './errors.js';
import { GUEST_ABORT, engineFault, trapKind } from './trap.js';

/** @typedef {import('./interface.js').Interface} Interface */
/** @typedef {import('./trap.js').TrapKind} TrapKind */

/**
 * A module that the engine has compiled, ready for any number of instances.
 * @typedef {{ module: WebAssembly.Module, interface: Interface, stackLimitWords: number }} CompiledModule
 */

/**
 * How a call ended. `results` is what the engine returned: `undefined`, a value or an array of values.
 * @typedef {{ trapped: TrapKind } | { trapped: null, results: unknown }} CallOutcome
 */

/**
 * A host function that the guest called.
 * @typedef {{ module: string, name: string, args: number[] }} HostCall
 */

/** One instance of a metered module. */
export class MeteredInstance {
  #gas;
  #stack;
  #stackLow;
  #status;
  #interface;
  #stackLimitWords;
  /** Gas that is left of the budget. */
  #left = 0n;
  /** The fewest stack words that the budget's calls left. */
  #low;

  /**
   * @param {WebAssembly.Instance} instance
   * @param {CompiledModule} compiled
   * @param {HostCall[]} hostCalls the log that the instance's imports write
   */
  constructor(instance, compiled, hostCalls) {
    this.exports = instance.exports;
    /** What the guest asked of the host since {@link begin}. */
    this.hostCalls = hostCalls;
    this.#interface = compiled.interface;
    this.#stackLimitWords = compiled.stackLimitWords;
    this.#low = compiled.stackLimitWords;
    this.#gas = counter(instance, 'modal:gas');
    this.#stack = counter(instance, 'modal:stack');
    this.#stackLow = counter(instance, 'modal:stack_low');
    this.#status = counter(instance, 'modal:status');
  }

  /**
   * An instance, made at once. Browsers refuse this for large modules on their main thread.
   * @param {CompiledModule} compiled
   */
  static make(compiled) {
    /** @type {HostCall[]} */
    const log = [];
    try {
      return new MeteredInstance(new WebAssembly.Instance(compiled.module, hostImports(log)), compiled, log);
    } catch (error) {
      throw engineFault(error);
    }
  }

  /**
   * An instance, made in the background.
   * @param {CompiledModule} compiled
   */
  static async makeAsync(compiled) {
    /** @type {HostCall[]} */
    const log = [];
    try {
      return new MeteredInstance(await WebAssembly.instantiate(compiled.module, hostImports(log)), compiled, log);
    } catch (error) {
      throw engineFault(error);
    }
  }

  /**
   * Opens a budget of gas for the calls that follow, up to the next `begin`, and empties the log of host calls.
   * @param {number} gasLimit
   */
  begin(gasLimit) {
    this.#left = BigInt(gasLimit);
    this.#low = this.#stackLimitWords;
    this.hostCalls.length = 0;
  }

  /**
   * Applies the module's segments and runs its start function: once, before any other call.
   * @returns {CallOutcome}
   */
  start() {
    return this.call(this.function('modal:start'), []);
  }

  /**
   * Calls one of the instance's functions, or a wrapper of one.
   * @param {Function} f
   * @param {unknown[]} args
   * @returns {CallOutcome}
   * @throws {FaultError} if it did not stop by a rule, or left what no call can leave in a counter
   */
  call(f, args) {
    const began = this.#left;
    // What a call that does not return in order has used is the whole budget.
    this.#left = 0n;
    this.#gas.value = began;
    this.#stack.value = this.#stackLimitWords;
    this.#stackLow.value = this.#low;
    this.#status.value = 0;
    let results;
    try {
      results = f(...args);
    } catch (error) {
      const trapped = trapKind(error, this.#status.value, this.#interface);
      this.#settleLow();
      return { trapped };
    }
    this.#settleLow();
    return this.#settle(began) ? { trapped: null, results } : { trapped: 'OutOfGas' };
  }

  /** Takes over the fewest stack words that a call left. */
  #settleLow() {
    const low = this.#stackLow.value;
    if (low < 0 || low > this.#low) throw unaccounted('modal:stack_low', low, this.#low);
    this.#low = low;
  }

  /**
   * Reads the counters after a call that returned, and lets them have the last word on how it ended.
   * @param {bigint} began the gas that it began with
   * @returns {boolean} whether it completed: to return with less than nothing left is no completion
   */
  #settle(began) {
    const status = this.#status.value;
    if (status !== 0) throw unaccounted('modal:status', status, 0);
    const stack = this.#stack.value;
    if (stack !== this.#stackLimitWords) throw unaccounted('modal:stack', stack, this.#stackLimitWords);
    const gas = this.#gas.value;
    if (gas > began) throw unaccounted('modal:gas', gas, began);
    if (gas < 0n) return false;
    this.#left = gas;
    return true;
  }

  /**
   * Gas that is left of the budget: nothing once a call has trapped.
   * @returns {number}
   */
  get gasLeft() {
    return Number(this.#left);
  }

  /**
   * The most stack words that were in use since {@link begin}.
   * @returns {number}
   */
  get stackHighWater() {
    return this.#stackLimitWords - this.#low;
  }

  /**
   * An export that is known to be a function.
   * @param {string} name
   * @returns {Function}
   */
  function(name) {
    const f = this.exports[name];
    if (typeof f !== 'function') throw new FaultError('Internal', `the metered module has no function '${name}'`);
    return f;
  }

  /**
   * An export that is known to be a memory.
   * @param {string} name
   * @returns {WebAssembly.Memory}
   */
  memory(name) {
    const memory = this.exports[name];
    if (memory instanceof WebAssembly.Memory) return memory;
    throw new FaultError('Internal', `the metered module has no memory '${name}'`);
  }
}

/**
 * The closed list of what a guest can import.
 * @param {HostCall[]} log
 * @returns {WebAssembly.Imports}
 */
function hostImports(log) {
  return {
    env: {
      /** @param {number[]} args none, or AssemblyScript's four: message, file, line, column */
      abort: (...args) => {
        log.push({ module: 'env', name: 'abort', args });
        throw GUEST_ABORT;
      },
    },
  };
}

/**
 * @param {WebAssembly.Instance} instance
 * @param {string} name
 * @returns {WebAssembly.Global}
 */
function counter(instance, name) {
  const global = instance.exports[name];
  if (global instanceof WebAssembly.Global) return global;
  throw new FaultError('Internal', `the metered module has no global '${name}'`);
}

/**
 * The fault of a counter that holds what no call can have left in it.
 * @param {string} name
 * @param {number | bigint} found
 * @param {number | bigint} began what it held before the call
 */
function unaccounted(name, found, began) {
  return new FaultError('Counter', `${name} is ${found} after a call that began with ${began}`);
}
