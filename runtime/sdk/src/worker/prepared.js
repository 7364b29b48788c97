// A prepared module is metered and compiled. Cases that share a module, as those of the validators' guest do, prepare it
// once.

import { Composition, Modules } from '../composition.js';
import { MeteredInstance } from '../instance.js';
import { engineFault } from '../trap.js';
import { Guest } from './guest.js';
import { Shim, hasFloats, isFloat } from './shim.js';
import { sha256 } from './state.js';

/** @typedef {import('../instance.js').CompiledModule} CompiledModule */
/** @typedef {import('../interface.js').FunctionType} FunctionType */
/** @typedef {import('../interface.js').GlobalType} GlobalType */
/** @typedef {import('../meter.js').Constants} Constants */
/** @typedef {import('../meter.js').Meter} Meter */
/** @typedef {import('../meter.js').MeteredModule} MeteredModule */

/** How many modules are kept: more than come between two cases of one module where kinds of cases are mixed. */
const KEPT = 32;

/** The modules that were asked for last. */
export class PreparedModules {
  #meter;
  /** @type {Map<string, PreparedModule>} by their bytes' hash; the one asked for last comes last */
  #recent = new Map();

  /** @param {Pick<Meter, 'meter' | 'constants'>} meter */
  constructor(meter) {
    this.#meter = meter;
  }

  /**
   * A module, metered and compiled now unless it is there.
   * @param {Uint8Array} original
   * @returns {PreparedModule}
   * @throws {import('../errors.js').RejectionError} if the profile refuses the module
   * @throws {import('../errors.js').FaultError} if the engine does not take it
   */
  get(original) {
    const key = sha256(original);
    const prepared = this.#recent.get(key) ?? this.#prepare(original);
    this.#recent.delete(key);
    this.#recent.set(key, prepared);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > KEPT && oldest !== undefined) this.#recent.delete(oldest);
    return prepared;
  }

  /**
   * Modules that guests can call, metered and compiled now.
   * @param {Parameters<typeof Modules.prepareNow>[1]} modules
   * @returns {Modules}
   */
  callable(modules) {
    return Modules.prepareNow(this.#meter, modules);
  }

  /** @param {Uint8Array} original */
  #prepare(original) {
    const metered = this.#meter.meter(original);
    const { constants } = this.#meter;
    const compiled = {
      module: compile(metered.bytes),
      bytes: metered.bytes,
      interface: metered.interface,
      stackLimitWords: constants.stack_limit_words,
    };
    return new PreparedModule(metered, compiled, constants);
  }
}

/** A module that is ready to run, and the shims that its instances share. */
export class PreparedModule {
  #compiled;
  #constants;
  #originalSha256;
  /** @type {Shim | undefined} */
  #functionShim;
  /** @type {Shim | undefined} */
  #globalShim;

  /**
   * @param {MeteredModule} metered
   * @param {CompiledModule} compiled
   * @param {Readonly<Constants>} constants
   */
  constructor({ sha256: meteredSha256, originalSha256 }, compiled, constants) {
    /** The hash of the bytes that run, in lower hex. */
    this.meteredSha256 = meteredSha256;
    this.#originalSha256 = originalSha256;
    this.#compiled = compiled;
    this.#constants = constants;
  }

  /** What the original exports and holds. */
  get interface() {
    return this.#compiled.interface;
  }

  /**
   * @param {Modules} callable what the guest can call
   * @returns {[MeteredInstance, Guest]}
   */
  instantiate(callable) {
    const composition = new Composition(callable, this.#constants, [this.#originalSha256]);
    const instance = MeteredInstance.make(this.#compiled, composition);
    return [instance, new Guest(instance, this.#compiled.interface, this)];
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

/** @param {Uint8Array} bytes */
function compile(bytes) {
  try {
    return new WebAssembly.Module(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
  } catch (error) {
    throw engineFault(error);
  }
}
