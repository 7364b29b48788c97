// Checks of arguments. A wrong kind of argument is a TypeError, a wrong value of the right kind a RangeError, and both
// name the argument.

/** Gas that a run may use unless its caller says otherwise. */
export const DEFAULT_GAS_LIMIT = 10_000_000;

/** The most gas that a run may be given. */
export const MAX_GAS_LIMIT = 100_000_000;

/** The most bytes, as UTF-8, of a guest's input and of its output. */
export const MAX_TEXT_BYTES = 1 << 20;

/**
 * A gas limit: an integer from 1 to {@link MAX_GAS_LIMIT}.
 * @param {unknown} value
 * @param {string} name
 * @returns {number}
 */
export function aGasLimit(value, name) {
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number, not ${kindOf(value)}`);
  if (!Number.isInteger(value) || value < 1 || value > MAX_GAS_LIMIT) {
    throw new RangeError(`${name} must be an integer from 1 to ${MAX_GAS_LIMIT}, not ${value}`);
  }
  return value;
}

/**
 * @param {unknown} value
 * @param {string} name
 * @returns {string}
 */
export function aString(value, name) {
  if (typeof value !== 'string') throw new TypeError(`${name} must be a string, not ${kindOf(value)}`);
  return value;
}

/**
 * A string without lone surrogates: these have no UTF-8, and what encodes them makes another text of it.
 * @param {unknown} value
 * @param {string} name
 * @returns {string}
 */
export function wellFormed(value, name) {
  const text = aString(value, name);
  if (!text.isWellFormed()) throw new TypeError(`${name} must be well-formed text, without lone surrogates`);
  return text;
}

/**
 * An integer of 64 bits without a sign. A Number holds only some of them exactly, and is taken only if it is one of
 * these.
 * @param {unknown} value
 * @param {string} name
 * @returns {bigint}
 */
export function aU64(value, name) {
  const integer = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof integer !== 'bigint') {
    const found = typeof value === 'number' ? value : kindOf(value);
    throw new TypeError(`${name} must be a safe integer or a BigInt, not ${found}`);
  }
  if (integer < 0n || integer > MAX_U64) throw new RangeError(`${name} must be from 0 to 2^64 - 1, not ${integer}`);
  return integer;
}

const MAX_U64 = (1n << 64n) - 1n;

/**
 * Bytes, seen in place and not copied.
 * @param {unknown} value
 * @param {string} name
 * @returns {Uint8Array}
 */
export function bytes(value, name) {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw new TypeError(`${name} must be a Uint8Array or an ArrayBuffer, not ${kindOf(value)}`);
}

/**
 * The UTF-8 bytes of a guest's input, at most {@link MAX_TEXT_BYTES} of them.
 * @param {string} text
 * @param {string} name
 * @returns {Uint8Array}
 */
export function inputBytes(text, name) {
  // A code unit takes at least one byte, so a text that is far too long is refused before it is encoded.
  if (text.length > MAX_TEXT_BYTES) throw tooLong(name);
  const encoded = new TextEncoder().encode(wellFormed(text, name));
  if (encoded.length > MAX_TEXT_BYTES) throw tooLong(name);
  return encoded;
}

/** @param {string} name */
function tooLong(name) {
  return new RangeError(`${name} must be at most ${MAX_TEXT_BYTES} bytes long as UTF-8`);
}

/**
 * What a value is, for a message that says what it is not.
 * @param {unknown} value
 */
export function kindOf(value) {
  if (value === null) return 'null';
  return typeof value === 'object' ? 'an object' : typeof value;
}
