// A metered instance is one run's copy of a metered module: it is started once, then called, each call under a gas
// limit. The counters live in the module, in exports whose names begin with `modal:`.

import { FaultError } from './errors.js';
import { HostTrap, engineFault, trapKind } from './trap.js';

/** @typedef {import('./composition.js').Composition} Composition */
/** @typedef {import('./interface.js').Interface} Interface */
/** @typedef {import('./trap.js').TrapKind} TrapKind */

/**
 * A module that the engine has compiled, ready for any number of instances, and the bytes that it was made of.
 * @typedef {{ module: WebAssembly.Module, bytes: Uint8Array, interface: Interface, stackLimitWords: number }} CompiledModule
 */

/**
 * How a call ended. `results` is what the engine returned: `undefined`, a value or an array of values.
 * @typedef {{ trapped: TrapKind } | { trapped: null, results: unknown }} CallOutcome
 */

/**
 * A host function that the guest called, and what `modal.call` came to if it returned. `modal.result` is left out.
 * @typedef {{ module: string, name: string, args: (number | bigint)[], called: ModuleCall | null }} HostCall
 */

/**
 * What a call of another module came to: its name as the guest gave it, what the guest got, the gas that the caller had
 * left when the call was paid, the gas that the module was given and used, the stack words that it had in use, its result,
 * and what it asked of the host.
 * @typedef {{ name: string, returned: number, gas_before: number, gas_limit: number, gas_used: number, stack_high_water: number,
 *   result: Uint8Array | null, host_calls: HostCall[] }} ModuleCall
 */

/** One instance of a metered module. */
export class MeteredInstance {
  #gas;
  #stack;
  #stackLow;
  #status;
  #interface;
  #bytes;
  #stackLimitWords;
  #composition;
  /** Gas that is left of the budget. */
  #left = 0n;
  /** The fewest stack words that the budget's calls left. */
  #low;

  /**
   * @param {WebAssembly.Instance} instance
   * @param {CompiledModule} compiled
   * @param {Host} host what the instance's imports lead to
   */
  constructor(instance, compiled, host) {
    host.guest = this;
    this.exports = instance.exports;
    /** What the guest asked of the host since {@link begin}. */
    this.hostCalls = host.log;
    this.#composition = host.composition;
    this.#interface = compiled.interface;
    this.#bytes = compiled.bytes;
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
   * @param {Composition | null} [composition] what calls of other modules lead to
   */
  static make(compiled, composition = null) {
    const host = new Host(composition);
    try {
      return new MeteredInstance(new WebAssembly.Instance(compiled.module, host.imports()), compiled, host);
    } catch (error) {
      throw engineFault(error);
    }
  }

  /**
   * An instance, made in the background.
   * @param {CompiledModule} compiled
   * @param {Composition | null} [composition] what calls of other modules lead to
   */
  static async makeAsync(compiled, composition = null) {
    const host = new Host(composition);
    try {
      return new MeteredInstance(await WebAssembly.instantiate(compiled.module, host.imports()), compiled, host);
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
    this.#composition?.begin();
  }

  /**
   * Takes gas from the budget, between calls.
   * @param {number} gas
   * @returns {boolean} whether it was there; if not, nothing is left
   */
  spend(gas) {
    const left = this.#left - BigInt(gas);
    this.#left = left < 0n ? 0n : left;
    return left >= 0n;
  }

  /**
   * Charges gas to the guest in the middle of a call.
   * @param {number} gas
   * @returns {number} what is left
   * @throws {HostTrap} if it was not there
   */
  charge(gas) {
    const left = this.#gas.value - BigInt(gas);
    if (left < 0n) throw new HostTrap('OutOfGas');
    this.#gas.value = left;
    return Number(left);
  }

  /**
   * The stack words that are left in the middle of a call.
   * @returns {number}
   */
  get stackLeft() {
    return this.#stack.value;
  }

  /**
   * Takes over the fewest stack words that a module left which the guest called.
   * @param {number} low
   */
  noteStackLow(low) {
    if (low < this.#stackLow.value) this.#stackLow.value = low;
  }

  /**
   * The memory's bytes: none in a module without a memory.
   * @returns {Uint8Array}
   */
  bytes() {
    return this.#interface.hasMemory ? new Uint8Array(this.memory('modal:memory').buffer) : new Uint8Array(0);
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
      const { hasMemory, hasTable } = this.#interface;
      const trapped = trapKind(error, this.#status.value, { hasMemory, hasTable, bytes: this.#bytes });
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

/** What an instance's imports lead to. */
class Host {
  /** @type {HostCall[]} */
  log = [];
  /**
   * The instance, as soon as there is one. Nothing calls before.
   * @type {MeteredInstance | undefined}
   */
  guest;

  /** @param {Composition | null} composition */
  constructor(composition) {
    this.composition = composition;
  }

  /**
   * The closed list of what a guest can import.
   * @returns {WebAssembly.Imports}
   */
  imports() {
    return {
      env: {
        /** @param {number[]} args none, or AssemblyScript's four: message, file, line, column */
        abort: (...args) => {
          this.#note('env', 'abort', args);
          throw new HostTrap('GuestAbort');
        },
      },
      modal: {
        /** @type {(name: number, nameLength: number, args: number, argsLength: number, gas: bigint) => number} */
        call: (name, nameLength, args, argsLength, gas) => {
          const call = this.#note('modal', 'call', [name, nameLength, args, argsLength, gas]);
          const [guest, composition] = this.#parties();
          const namePlace = /** @type {const} */ ([name >>> 0, nameLength >>> 0]);
          const argsPlace = /** @type {const} */ ([args >>> 0, argsLength >>> 0]);
          call.called = composition.call(guest, namePlace, argsPlace, BigInt.asUintN(64, gas));
          return call.called.returned;
        },
        /** @param {number} to */
        result: (to) => {
          const [guest, composition] = this.#parties();
          composition.copyResult(guest, to >>> 0);
        },
      },
    };
  }

  /**
   * @param {string} module
   * @param {string} name
   * @param {(number | bigint)[]} args
   */
  #note(module, name, args) {
    /** @type {HostCall} */
    const call = { module, name, args, called: null };
    this.log.push(call);
    return call;
  }

  /** @returns {[MeteredInstance, Composition]} */
  #parties() {
    if (this.guest !== undefined && this.composition !== null) return [this.guest, this.composition];
    throw new FaultError('Internal', 'a guest called a module where none can be called');
  }
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
