// A shim is a small module between JavaScript and a guest's floats. A JavaScript number does not keep a NaN's bits, so
// the shim imports the guest's functions and globals and exports them again with i32 and i64 in the place of f32 and
// f64, the bits reinterpreted inside wasm.

import { FaultError } from '../errors.js';

/** @typedef {import('../interface.js').FunctionType} FunctionType */
/** @typedef {import('../interface.js').GlobalType} GlobalType */
/** @typedef {import('../interface.js').ValueType} ValueType */

/**
 * What a shim wraps, by the names of the guest's exports. A global becomes a function that reads it.
 * @typedef {{ functions: ReadonlyMap<string, FunctionType>, globals: ReadonlyMap<string, GlobalType> }} Wrapped
 */

/**
 * The wrappers of one instance's functions and globals, by the same names.
 * @typedef {Readonly<Record<string, Function>>} Wrappers
 */

/**
 * Whether a value of this type loses bits in JavaScript.
 * @param {ValueType} type
 */
export function isFloat(type) {
  return type === 'f32' || type === 'f64';
}

/**
 * Whether a function has to be called through a shim.
 * @param {FunctionType} type
 */
export function hasFloats({ params, results }) {
  return params.some(isFloat) || results.some(isFloat);
}

/** A shim, compiled once for a module and linked to each of its instances. */
export class Shim {
  #module;

  /** @param {Wrapped} wrapped */
  constructor(wrapped) {
    this.#module = new WebAssembly.Module(encode(wrapped));
  }

  /**
   * @param {WebAssembly.Exports} guest the exports of an instance
   * @returns {Wrappers}
   */
  link(guest) {
    const { exports } = new WebAssembly.Instance(this.#module, { guest: /** @type {any} */ (guest) });
    return /** @type {Wrappers} */ (/** @type {unknown} */ (exports));
  }
}

/** @type {Readonly<Record<ValueType, number>>} */
const TYPE_BYTES = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, funcref: 0x70, externref: 0x6f };

/** @type {Readonly<Record<ValueType, ValueType>>} */
const CARRIERS = { i32: 'i32', i64: 'i64', f32: 'i32', f64: 'i64', funcref: 'funcref', externref: 'externref' };

const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const GLOBAL_GET = 0x23;
const CALL = 0x10;
const END = 0x0b;
const FUNCTION = 0x00;
const GLOBAL = 0x03;

/**
 * @param {Wrapped} wrapped
 * @returns {Uint8Array<ArrayBuffer>}
 */
function encode({ functions, globals }) {
  /** @type {number[][]} */
  const types = [];
  /** @type {number[][]} */
  const imports = [];
  /** @type {number[][]} */
  const declared = [];
  /** @type {number[][]} */
  const exports = [];
  /** @type {number[][]} */
  const bodies = [];

  /** @type {(type: FunctionType) => number} */
  const addType = ({ params, results }) => {
    types.push([0x60, ...vector(params.map((type) => [TYPE_BYTES[type]])), ...vector(results.map((type) => [TYPE_BYTES[type]]))]);
    return types.length - 1;
  };
  /** @type {(exportName: string, type: FunctionType, body: number[]) => void} */
  const addFunction = (exportName, type, body) => {
    exports.push([...name(exportName), FUNCTION, ...u32(functions.size + declared.length)]);
    declared.push(u32(addType(type)));
    bodies.push([...u32(body.length), ...body]);
  };

  for (const [exportName, type] of functions) {
    imports.push([...name('guest'), ...name(exportName), FUNCTION, ...u32(addType(type))]);
  }
  for (const [exportName, { value, mutable }] of globals) {
    imports.push([...name('guest'), ...name(exportName), GLOBAL, TYPE_BYTES[value], mutable ? 1 : 0]);
  }
  [...functions].forEach(([exportName, type], index) => {
    addFunction(exportName, carried(type), callBody(type, index));
  });
  [...globals].forEach(([exportName, { value }], index) => {
    addFunction(exportName, { params: [], results: [CARRIERS[value]] }, [
      ...[0, GLOBAL_GET, ...u32(index), ...toCarrier(value), END],
    ]);
  });

  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(2, imports),
    ...section(3, declared),
    ...section(7, exports),
    ...section(10, bodies),
  ]);
}

/**
 * @param {FunctionType} type
 * @returns {FunctionType}
 */
function carried({ params, results }) {
  return { params: params.map((type) => CARRIERS[type]), results: results.map((type) => CARRIERS[type]) };
}

/**
 * Results are moved to locals before they are reinterpreted, because only the topmost can be reached on the stack.
 * @param {FunctionType} type
 * @param {number} callee
 */
function callBody({ params, results }, callee) {
  const locals = vector(results.map((type) => [1, TYPE_BYTES[type]]));
  const passed = params.flatMap((type, index) => [LOCAL_GET, ...u32(index), ...fromCarrier(type)]);
  const stored = results.flatMap((_, index) => [LOCAL_SET, ...u32(params.length + results.length - 1 - index)]);
  const returned = results.flatMap((type, index) => [LOCAL_GET, ...u32(params.length + index), ...toCarrier(type)]);
  return [...locals, ...passed, CALL, ...u32(callee), ...stored, ...returned, END];
}

/** @param {ValueType} type */
function fromCarrier(type) {
  if (type === 'f32') return [0xbe];
  return type === 'f64' ? [0xbf] : [];
}

/** @param {ValueType} type */
function toCarrier(type) {
  if (type === 'f32') return [0xbc];
  return type === 'f64' ? [0xbd] : [];
}

/**
 * @param {number} id
 * @param {number[][]} items
 */
function section(id, items) {
  if (items.length === 0) return [];
  const content = vector(items);
  return [id, ...u32(content.length), ...content];
}

/** @param {number[][]} items */
function vector(items) {
  return [...u32(items.length), ...items.flat()];
}

/** @param {string} text */
function name(text) {
  const encoded = new TextEncoder().encode(text);
  return [...u32(encoded.length), ...encoded];
}

/** @param {number} value */
function u32(value) {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) throw new FaultError('Internal', `${value} is no u32`);
  const encoded = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) encoded.push((value % 128) | 0x80);
  encoded.push(value);
  return encoded;
}
