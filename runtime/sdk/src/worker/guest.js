// A guest is one instance of a case's module, spoken to in the harness's terms: values as text, state as digests.

import { FaultError } from '../errors.js';
import { memoryState, tableState } from './state.js';
import { hasFloats, isFloat } from './shim.js';
import { hex32, hex64, parseValue, valueText } from './values.js';

/** @typedef {import('../instance.js').MeteredInstance} MeteredInstance */
/** @typedef {import('../interface.js').FunctionType} FunctionType */
/** @typedef {import('../interface.js').Interface} Interface */
/** @typedef {import('../trap.js').TrapKind} TrapKind */
/** @typedef {import('./shim.js').Shim} Shim */
/** @typedef {import('./shim.js').Wrappers} Wrappers */
/** @typedef {import('./state.js').State} State */

/**
 * The shims of a module, made when they are asked for.
 * @typedef {{ functionShim(): Shim, globalShim(): Shim }} Shims
 */

/** One instance of a case's module. */
export class Guest {
  #instance;
  #interface;
  #shims;
  /** @type {Map<Function, number> | undefined} */
  #indices;
  /** @type {Wrappers | undefined} */
  #functionWrappers;
  /** @type {Wrappers | undefined} */
  #globalWrappers;

  /**
   * @param {MeteredInstance} instance
   * @param {Interface} shape
   * @param {Shims} shims
   */
  constructor(instance, shape, shims) {
    this.#instance = instance;
    this.#interface = shape;
    this.#shims = shims;
  }

  /**
   * Calls an export under a budget of its own.
   * @param {string} name
   * @param {readonly string[]} args
   * @param {number} gasLimit
   * @returns {{ trapped: TrapKind } | { completed: string[] }}
   */
  call(name, args, gasLimit) {
    const type = functionType(this.#interface, name);
    if (args.length !== type.params.length) {
      throw new FaultError('Usage', `'${name}' takes ${type.params.length} arguments, not ${args.length}`);
    }
    const values = args.map((text, index) => parseValue(text, /** @type {any} */ (type.params[index]), this));
    const f = hasFloats(type) ? this.#wrapper(name) : this.#instance.function(name);

    this.#instance.begin(gasLimit);
    const outcome = this.#instance.call(f, values);
    if (outcome.trapped !== null) return { trapped: outcome.trapped };
    return { completed: this.#resultTexts(outcome.results, type) };
  }

  /** @returns {State} */
  state() {
    return {
      memory: this.#interface.hasMemory ? memoryState(this.#instance.memory('modal:memory')) : null,
      globals: this.#interface.globals.map((_, index) => this.#globalText(index)),
      tables: this.#interface.tables.map(({ element }, index) => {
        return tableState(this.#table(`modal:t${index}`), element, this);
      }),
    };
  }

  /**
   * The function at an index of the original module.
   * @param {number} index
   * @returns {Function}
   */
  byIndex(index) {
    if (!this.#interface.functions.includes(index)) {
      throw new FaultError('Usage', `no reference can point to function ${index}`);
    }
    return this.#instance.function(`modal:f${index}`);
  }

  /**
   * The index in the original module of a function that the engine gave. An instance has one object for each of its
   * functions, so they are known by identity.
   * @param {Function} f
   * @returns {number}
   */
  indexOf(f) {
    this.#indices ??= new Map(this.#interface.functions.map((index) => [this.byIndex(index), index]));
    const index = this.#indices.get(f);
    if (index === undefined) throw new FaultError('Internal', `a reference points to an unknown function '${f.name}'`);
    return index;
  }

  /**
   * @param {unknown} results
   * @param {FunctionType} type
   * @returns {string[]}
   */
  #resultTexts(results, { results: types }) {
    const values = types.length === 1 ? [results] : types.length === 0 ? [] : /** @type {unknown[]} */ (results);
    return types.map((type, index) => valueText(values[index], type, this));
  }

  /**
   * A float that is no NaN crosses to JavaScript exactly; only NaNs have to be read inside wasm.
   * @param {number} index
   * @returns {string}
   */
  #globalText(index) {
    const name = `modal:g${index}`;
    const { value: type } = /** @type {import('../interface.js').GlobalType} */ (this.#interface.globals[index]);
    const { value } = this.#global(name);
    if (!isFloat(type)) return valueText(value, type, this);
    if (Number.isNaN(value)) {
      this.#globalWrappers ??= this.#shims.globalShim().link(this.#instance.exports);
      return valueText(existing(this.#globalWrappers[name], name)(), type, this);
    }
    if (type === 'f32') {
      scratch.setFloat32(0, value);
      return `f32:${hex32(scratch.getInt32(0))}`;
    }
    scratch.setFloat64(0, value);
    return `f64:${hex64(scratch.getBigInt64(0))}`;
  }

  /** @param {string} name */
  #wrapper(name) {
    this.#functionWrappers ??= this.#shims.functionShim().link(this.#instance.exports);
    return existing(this.#functionWrappers[name], name);
  }

  /** @param {string} name */
  #table(name) {
    const table = this.#instance.exports[name];
    if (table instanceof WebAssembly.Table) return table;
    throw new FaultError('Internal', `the metered module has no table '${name}'`);
  }

  /** @param {string} name */
  #global(name) {
    const global = this.#instance.exports[name];
    if (global instanceof WebAssembly.Global) return global;
    throw new FaultError('Internal', `the metered module has no global '${name}'`);
  }
}

/** Where a float's bits are read. */
const scratch = new DataView(new ArrayBuffer(8));

/**
 * The type of an export that a case names.
 * @param {Interface} shape
 * @param {string} name
 * @returns {FunctionType}
 */
function functionType(shape, name) {
  const item = shape.exports.get(name);
  if (item === undefined || item.kind !== 'function') {
    throw new FaultError('Usage', `the module exports no function '${name}'`);
  }
  return item;
}

/**
 * @template T
 * @param {T | undefined} wrapper
 * @param {string} name
 * @returns {T}
 */
function existing(wrapper, name) {
  if (wrapper === undefined) throw new FaultError('Internal', `the shim does not wrap '${name}'`);
  return wrapper;
}
