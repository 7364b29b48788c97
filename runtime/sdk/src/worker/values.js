// A value in its text form: the type, and the bits in lower hex of full width, the function's index in the original
// module, the number that stands for a host's object, or `null`. Floats are handled as their bits throughout.

import { FaultError } from '../errors.js';

/** @typedef {import('../interface.js').ValueType} ValueType */

/**
 * The functions of an instance that references can reach, both ways.
 * @typedef {{ byIndex(index: number): Function, indexOf(f: Function): number }} Functions
 */

/**
 * A value of the harness as the engine takes it: numbers for i32 and f32, bigints for i64 and f64.
 * @param {string} text
 * @param {ValueType} type
 * @param {Functions} functions
 * @returns {unknown}
 */
export function parseValue(text, type, functions) {
  const [kind, payload] = split(text);
  if (kind !== type) throw new FaultError('Usage', `failed to pass '${text}' where the function takes ${type}`);
  switch (type) {
    case 'i32':
    case 'f32':
      return Number(bits(text, payload, 8)) | 0;
    case 'i64':
    case 'f64':
      return BigInt.asIntN(64, bits(text, payload, 16));
    case 'funcref':
      return payload === 'null' ? null : functions.byIndex(number(text, payload));
    case 'externref':
      return payload === 'null' ? null : number(text, payload);
  }
}

/**
 * The text of a value that the engine gave.
 * @param {unknown} value
 * @param {ValueType} type
 * @param {Functions} functions
 * @returns {string}
 */
export function valueText(value, type, functions) {
  switch (type) {
    case 'i32':
    case 'f32':
      return `${type}:${hex32(/** @type {number} */ (value))}`;
    case 'i64':
    case 'f64':
      return `${type}:${hex64(/** @type {bigint} */ (value))}`;
    case 'funcref':
      return value === null ? 'funcref:null' : `funcref:${functions.indexOf(/** @type {Function} */ (value))}`;
    case 'externref':
      return value === null ? 'externref:null' : `externref:${externNumber(value)}`;
  }
}

/**
 * The number that stands for a host's object. The only objects that a guest ever gets from here are such numbers.
 * @param {unknown} value
 * @returns {number}
 */
export function externNumber(value) {
  if (typeof value === 'number' && value >>> 0 === value) return value;
  throw new FaultError('Internal', `the guest holds a host object that nobody gave it: ${String(value)}`);
}

/** @param {number} value */
export function hex32(value) {
  return `0x${(value >>> 0).toString(16).padStart(8, '0')}`;
}

/** @param {bigint} value */
export function hex64(value) {
  return `0x${BigInt.asUintN(64, value).toString(16).padStart(16, '0')}`;
}

/**
 * @param {string} text
 * @returns {[string, string]}
 */
function split(text) {
  const colon = text.indexOf(':');
  return [text.slice(0, colon), text.slice(colon + 1)];
}

/**
 * @param {string} text
 * @param {string} payload
 * @param {number} digits
 */
function bits(text, payload, digits) {
  if (payload.length !== digits + 2 || !/^0x[0-9a-f]+$/.test(payload)) throw unreadable(text);
  return BigInt(payload);
}

/**
 * @param {string} text
 * @param {string} payload
 */
function number(text, payload) {
  const value = Number(payload);
  if (!/^[0-9]+$/.test(payload) || value > 0xffff_ffff) throw unreadable(text);
  return value;
}

/** @param {string} text */
function unreadable(text) {
  return new FaultError('Usage', `failed to read '${text}' as a value`);
}
