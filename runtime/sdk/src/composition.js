// Composition: a guest calls other modules by name while it runs. It imports `modal.call`, which runs a module and
// returns the length of its result or a negative code, and `modal.result`, which copies that result.
//
// The modules are passed in and compiled beforehand: browsers compile large modules in the background only, and a guest
// cannot wait.

import { callAbi, checkAbi } from './abi.js';
import { FaultError, RejectionError } from './errors.js';
import { DEFAULT_GAS_LIMIT, MAX_TEXT_BYTES, aGasLimit, bytes, kindOf } from './guards.js';
import { MeteredInstance } from './instance.js';
import { loadMeter } from './meter.js';
import { HostTrap, engineFault } from './trap.js';

/** @typedef {import('./instance.js').CompiledModule} CompiledModule */
/** @typedef {import('./instance.js').ModuleCall} ModuleCall */
/** @typedef {import('./interface.js').Interface} Interface */
/** @typedef {import('./meter.js').Constants} Constants */
/** @typedef {Pick<import('./meter.js').Meter, 'meter' | 'constants'>} Metering */
/** @typedef {import('./meter.js').MeteredModule} MeteredModule */

/**
 * A module that guests can call, and the most gas that a call of it may use (10,000,000 unless told).
 * @typedef {{ wasmBytes: Uint8Array | ArrayBuffer, gasLimit?: number }} CallableModule
 */

/** What `modal.call` returns in the place of a result's length, by the names in the rules. */
export const CALL_CODES = Object.freeze({
  BadArguments: -1,
  NotFound: -2,
  Rejected: -3,
  Cycle: -4,
  TooDeep: -5,
  OutOfGas: -6,
  Trapped: -7,
  BrokeTheAbi: -8,
});

/** The method of a name that has none. */
const DEFAULT_METHOD = 'execute';

/**
 * What stands behind a name: a module that is ready, one that the profile refuses, or one that the engine or the machine
 * broke on, which matters only if it is called.
 * @typedef {{ gasLimit: number, sha256: string, compiled: CompiledModule } | { rejected: true } | { fault: FaultError }} Callee
 */

/** Modules that guests can call, compiled. They can be passed to any number of runs. */
export class Modules {
  #byName;

  /**
   * Made by {@link Modules.prepare}.
   * @param {ReadonlyMap<string, Callee>} byName
   */
  constructor(byName) {
    this.#byName = byName;
  }

  /**
   * Meters and compiles modules. One that the profile refuses is no error: to call it returns the code for it.
   * @param {Readonly<Record<string, CallableModule>>} modules by name; a name with a `#` in it cannot be called
   * @returns {Promise<Modules>}
   * @throws {TypeError | RangeError} about a module's bytes or its gas limit
   */
  static async prepare(modules) {
    if (typeof modules !== 'object' || modules === null) throw new TypeError(`modules must be an object, not ${kindOf(modules)}`);
    const checked = Object.entries(modules).map(([name, module]) => {
      const given = `modules[${JSON.stringify(name)}]`;
      if (typeof module !== 'object' || module === null) throw new TypeError(`${given} must be an object, not ${kindOf(module)}`);
      const { wasmBytes, gasLimit = DEFAULT_GAS_LIMIT } = module;
      return { name, original: bytes(wasmBytes, `${given}.wasmBytes`), gasLimit: aGasLimit(gasLimit, `${given}.gasLimit`) };
    });
    const meter = await loadMeter();
    const callees = checked.map(async ({ name, original, gasLimit }) => {
      const metered = meterOne(meter, original);
      if (!('bytes' in metered)) return /** @type {const} */ ([name, metered]);
      try {
        const module = await WebAssembly.compile(/** @type {Uint8Array<ArrayBuffer>} */ (metered.bytes));
        return /** @type {const} */ ([name, ready(meter, metered, module, gasLimit)]);
      } catch (error) {
        return /** @type {const} */ ([name, { fault: engineFault(error) }]);
      }
    });
    return new Modules(new Map(await Promise.all(callees)));
  }

  /**
   * Meters and compiles modules at once.
   * @param {Metering} meter
   * @param {readonly { name: string, original: Uint8Array, gasLimit: number }[]} modules
   * @returns {Modules}
   */
  static prepareNow(meter, modules) {
    return new Modules(new Map(modules.map(({ name, original, gasLimit }) => [name, calleeNow(meter, original, gasLimit)])));
  }

  /**
   * What stands behind a name.
   * @param {string} name
   * @returns {Callee | undefined}
   */
  get(name) {
    return this.#byName.get(name);
  }
}

/** What an instance has to do with other modules: those that it can call, and those whose calls are open. */
export class Composition {
  #modules;
  #constants;
  #open;
  /**
   * The result of the last call, for the guest to copy.
   * @type {Uint8Array | null}
   */
  #result = null;

  /**
   * @param {Modules} modules
   * @param {Readonly<Constants>} constants
   * @param {readonly string[]} open the SHA-256 of each original, from the outermost to the instance's own
   */
  constructor(modules, constants, open) {
    this.#modules = modules;
    this.#constants = constants;
    this.#open = open;
  }

  /** Drops the result that is kept: a budget begins. */
  begin() {
    this.#result = null;
  }

  /**
   * `modal.call`, for the instance that this belongs to.
   * @param {MeteredInstance} guest
   * @param {readonly [number, number]} namePlace where the name is, and its length
   * @param {readonly [number, number]} argsPlace where the arguments are, and their length
   * @param {bigint} gas unsigned
   * @returns {ModuleCall}
   * @throws {HostTrap} if the caller is stopped
   */
  call(guest, namePlace, argsPlace, gas) {
    const { call_gas, copied_byte_gas, kept_part, open_calls, call_words } = this.#constants;
    this.#result = null;
    const left = guest.charge(call_gas + copied_byte_gas * (namePlace[1] + argsPlace[1]));
    const nameBytes = inside(guest.bytes(), ...namePlace);
    const argsBytes = inside(guest.bytes(), ...argsPlace);
    const name = text(nameBytes);
    if (name === null || text(argsBytes) === null || argsBytes.length > MAX_TEXT_BYTES) {
      return notRun(name ?? '', left, CALL_CODES.BadArguments);
    }
    const [module, method] = split(name);
    const callee = this.#modules.get(module);
    if (callee === undefined) return notRun(name, left, CALL_CODES.NotFound);
    if ('fault' in callee) throw callee.fault;
    if ('rejected' in callee) return notRun(name, left, CALL_CODES.Rejected);
    if (this.#open.includes(callee.sha256)) return notRun(name, left, CALL_CODES.Cycle);
    const stackWords = guest.stackLeft - call_words;
    // The outermost module was called by no other.
    if (this.#open.length > open_calls || stackWords < 0) return notRun(name, left, CALL_CODES.TooDeep);
    const offered = left - Math.floor(left / kept_part);
    const budget = Math.min(gas < BigInt(offered) ? Number(gas) : offered, callee.gasLimit);
    if (budget === 0) return notRun(name, left, CALL_CODES.OutOfGas);

    // The caller's memory may be grown by nobody meanwhile, but the callee's input must outlive what it does to it.
    const ran = this.#run({ ...callee.compiled, stackLimitWords: stackWords }, callee.sha256, method, argsBytes.slice(), budget);
    if (ran.high > 0) guest.noteStackLow(stackWords - ran.high);
    guest.charge(ran.used);
    this.#result = ran.result;
    return {
      name,
      returned: ran.result?.length ?? ran.code,
      gas_before: left,
      gas_limit: budget,
      gas_used: ran.used,
      stack_high_water: ran.high,
      result: ran.result,
      host_calls: ran.hostCalls,
    };
  }

  /**
   * `modal.result`, for the instance that this belongs to.
   * @param {MeteredInstance} guest
   * @param {number} to
   * @throws {HostTrap} if the caller is stopped
   */
  copyResult(guest, to) {
    const result = this.#result ?? new Uint8Array(0);
    guest.charge(this.#constants.copied_byte_gas * result.length);
    inside(guest.bytes(), to, result.length).set(result);
  }

  /**
   * @param {CompiledModule} compiled
   * @param {string} sha256
   * @param {string} method
   * @param {Uint8Array} input
   * @param {number} budget
   */
  #run(compiled, sha256, method, input, budget) {
    const failed = { used: budget, high: 0, result: null, code: 0, hostCalls: /** @type {ModuleCall['host_calls']} */ ([]) };
    if (checkAbi(compiled.interface, method) !== null) return { ...failed, code: CALL_CODES.BrokeTheAbi };
    const opening = this.#opening(compiled.interface);
    if (opening > budget) return { ...failed, code: CALL_CODES.OutOfGas };

    const within = new Composition(this.#modules, this.#constants, [...this.#open, sha256]);
    const instance = MeteredInstance.make(compiled, within);
    const outcome = callAbi(instance, method, input, budget, { opening, outputByte: this.#constants.copied_byte_gas });
    const seen = { high: instance.stackHighWater, hostCalls: instance.hostCalls };
    if ('output' in outcome) {
      return { ...failed, ...seen, used: budget - instance.gasLeft, result: encoder.encode(outcome.output) };
    }
    if ('violated' in outcome) return { ...failed, ...seen, code: CALL_CODES.BrokeTheAbi };
    return { ...failed, ...seen, code: outcome.trapped === 'OutOfGas' ? CALL_CODES.OutOfGas : CALL_CODES.Trapped };
  }

  /**
   * Gas of the pages and table elements that an instance starts with.
   * @param {Interface} shape
   */
  #opening({ initialPages, tables }) {
    const elements = tables.reduce((sum, { minimum }) => sum + minimum, 0);
    return initialPages * this.#constants.page_gas + elements * this.#constants.table_element_gas;
  }
}

/**
 * @param {Metering} meter
 * @param {Uint8Array} original
 * @returns {MeteredModule | Callee}
 */
function meterOne(meter, original) {
  try {
    return meter.meter(original);
  } catch (error) {
    return error instanceof RejectionError ? { rejected: true } : { fault: engineFault(error) };
  }
}

/**
 * @param {Metering} meter
 * @param {Uint8Array} original
 * @param {number} gasLimit
 * @returns {Callee}
 */
function calleeNow(meter, original, gasLimit) {
  const metered = meterOne(meter, original);
  if (!('bytes' in metered)) return metered;
  try {
    return ready(meter, metered, new WebAssembly.Module(/** @type {Uint8Array<ArrayBuffer>} */ (metered.bytes)), gasLimit);
  } catch (error) {
    return { fault: engineFault(error) };
  }
}

/**
 * @param {Metering} meter
 * @param {MeteredModule} metered
 * @param {WebAssembly.Module} module
 * @param {number} gasLimit
 * @returns {Callee}
 */
function ready({ constants }, { bytes, interface: shape, originalSha256 }, module, gasLimit) {
  const compiled = { module, bytes, interface: shape, stackLimitWords: constants.stack_limit_words };
  return { gasLimit, sha256: originalSha256, compiled };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text that is in these bytes, or null if they are not UTF-8.
 * @param {Uint8Array} given
 * @returns {string | null}
 */
function text(given) {
  try {
    return decoder.decode(given);
  } catch (error) {
    // The decoder's only complaint about bytes that are there.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/**
 * The bytes of a range.
 * @param {Uint8Array} memory
 * @param {number} start
 * @param {number} length
 */
function inside(memory, start, length) {
  if (start + length > memory.length) throw new HostTrap('MemoryOutOfBounds');
  return memory.subarray(start, start + length);
}

/**
 * A name's module and method.
 * @param {string} name
 * @returns {[string, string]}
 */
function split(name) {
  const at = name.indexOf('#');
  return at < 0 ? [name, DEFAULT_METHOD] : [name.slice(0, at), name.slice(at + 1)];
}

/**
 * @param {string} name
 * @param {number} gasBefore
 * @param {number} code
 * @returns {ModuleCall}
 */
function notRun(name, gasBefore, code) {
  return { name, returned: code, gas_before: gasBefore, gas_limit: 0, gas_used: 0, stack_high_water: 0, result: null, host_calls: [] };
}
