// The meter turns a module into one that counts its own gas. It is the same code that a node runs, compiled to wasm.

import { meterBytes } from '#meter-bytes';
import { FaultError, RejectionError } from './errors.js';
import { Interface } from './interface.js';

/**
 * A module that counts its own gas, and what is known of it.
 * @typedef {{ bytes: Uint8Array, sha256: string, interface: Interface }} MeteredModule
 */

/**
 * What the meter's bytes decide: the profile that modules are held to and the schedule that prices them.
 * @typedef {{ version: string, profile: string, profile_hash: string, schedule: string, schedule_hash: string,
 *   stack_limit_words: number }} Constants
 */

/** @typedef {typeof import('../dist/meter/meter.js')} Glue */

/**
 * The meter, loaded once: later calls return the first one's. Without a source the package's own file is read or
 * fetched.
 * @param {WebAssembly.Module | Uint8Array} [source] the meter's wasm, for places where it cannot be found beside this file
 * @returns {Promise<Meter>}
 */
export function loadMeter(source) {
  loading ??= load(source).catch((error) => {
    // The next call tries again: a network that failed once need not fail for ever.
    loading = undefined;
    throw error;
  });
  return loading;
}

/** @type {Promise<Meter> | undefined} */
let loading;

/** The loaded meter. From here on everything is synchronous. */
export class Meter {
  #glue;

  /** @param {Glue} glue the bindings, initialised */
  constructor(glue) {
    this.#glue = glue;
    /** @type {Readonly<Constants>} */
    this.constants = Object.freeze(JSON.parse(glue.constants()));
  }

  /**
   * Checks a module against the profile and meters it.
   * @param {Uint8Array} bytes
   * @returns {MeteredModule}
   * @throws {RejectionError} if the profile refuses the module
   */
  meter(bytes) {
    const metered = this.#guarded(() => this.#glue.meter(bytes));
    try {
      return { bytes: metered.bytes, sha256: metered.sha256, interface: new Interface(JSON.parse(metered.interface)) };
    } finally {
      metered.free();
    }
  }

  /**
   * @template T
   * @param {() => T} call
   * @returns {T}
   */
  #guarded(call) {
    try {
      return call();
    } catch (error) {
      if (typeof error === 'string') {
        const { kind, message } = JSON.parse(error);
        throw new RejectionError(kind, message);
      }
      // A panic leaves the meter's memory in the middle of something: the next call starts from a fresh one.
      this.#glue.__wbg_reset_state();
      throw new FaultError('MeterFailed', String(error), { cause: error });
    }
  }
}

/**
 * @param {WebAssembly.Module | Uint8Array | undefined} source
 * @returns {Promise<Meter>}
 */
async function load(source) {
  const glue = await import('../dist/meter/meter.js');
  const module = source instanceof WebAssembly.Module ? source : await compile(source ?? (await meterBytes()));
  glue.initSync({ module });
  return new Meter(glue);
}

/** @param {Uint8Array} bytes */
function compile(bytes) {
  return WebAssembly.compile(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
}
