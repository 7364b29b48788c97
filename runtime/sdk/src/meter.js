// The meter turns a module into one that counts its own gas. It is the same code that a node runs, compiled to wasm.

import { RejectionError } from './errors.js';
import { GlueCalls } from './glue.js';
import { Interface } from './interface.js';
import { compileWasm, loadOnce } from './wasm-source.js';

/** @typedef {import('./wasm-source.js').WasmSource} WasmSource */

/**
 * A module that counts its own gas, and what is known of it.
 * @typedef {{ bytes: Uint8Array, sha256: string, originalSha256: string, interface: Interface }} MeteredModule
 */

/**
 * What the meter's bytes decide: the profile that modules are held to and the schedule that prices them, and what of
 * both a host has to know.
 * @typedef {{ version: string, profile: string, profile_hash: string, schedule: string, schedule_hash: string,
 *   stack_limit_words: number, call_gas: number, copied_byte_gas: number, kept_part: number, open_calls: number,
 *   call_words: number, page_gas: number, table_element_gas: number }} Constants
 */

/**
 * What wasm-bindgen writes around the meter, as far as it is used here. The build makes it, so that what this package
 * declares does not lean on generated declarations.
 * @typedef {object} Glue
 * @property {() => string} constants
 * @property {(bytes: Uint8Array) => { bytes: Uint8Array, sha256: string, original_sha256: string, interface: string,
 *   free(): void }} meter
 * @property {() => void} __wbg_reset_state
 */

/**
 * Loads the meter, once: later calls return what the first one loads, whatever source they name. Runs load it by
 * themselves; it has to be called only where the package's own file is out of their reach, and then before them.
 * @param {WasmSource} [source] the package's own file if there is none
 * @returns {Promise<Meter>}
 * @throws {TypeError} if the source is none
 */
export async function loadMeter(source) {
  return load(source);
}

/** The loaded meter. From here on everything is synchronous. */
export class Meter {
  #calls;
  #glue;

  /** @param {Glue} glue the bindings, initialised */
  constructor(glue) {
    this.#calls = new GlueCalls(glue, 'MeterFailed');
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
    const metered = this.#calls.run(() => this.#glue.meter(bytes), rejection);
    try {
      const { bytes: written, sha256, original_sha256: originalSha256 } = metered;
      return { bytes: written, sha256, originalSha256, interface: new Interface(JSON.parse(metered.interface)) };
    } finally {
      metered.free();
    }
  }
}

/**
 * The meter's own errors are texts.
 * @param {unknown} thrown
 */
function rejection(thrown) {
  if (typeof thrown !== 'string') return null;
  const { kind, message } = JSON.parse(thrown);
  return new RejectionError(kind, message);
}

const load = loadOnce(async (source = { url: ownUrl() }) => {
  const [glue, module] = await Promise.all([import('../dist/meter/meter.js'), compileWasm(source)]);
  glue.initSync({ module });
  return new Meter(glue);
});

/** Bundlers that carry files along know them by this form, written out. */
function ownUrl() {
  return new URL('../dist/meter/meter_bg.wasm', import.meta.url);
}
