// A document is a value as JSON text.

/**
 * Writes a document: a string is one already and is passed as it is, anything else is written as `JSON.stringify` does,
 * and BigInts, which that refuses, as the integers that they are.
 * @param {unknown} value
 * @param {string} name
 * @returns {string}
 * @throws {TypeError} if the value has no JSON form
 */
export function documentText(value, name) {
  return typeof value === 'string' ? value : jsonText(value, name);
}

/**
 * Writes a value, strings too.
 * @param {unknown} value
 * @param {string} name
 * @returns {string}
 * @throws {TypeError} if the value has no JSON form
 */
export function jsonText(value, name) {
  let text;
  try {
    text = stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new TypeError(`${name} must have a JSON form: ${error.message}`, { cause: error });
  }
  if (text === undefined) throw new TypeError(`${name} must have a JSON form, not ${typeof value}`);
  return text;
}

/**
 * @param {unknown} value
 * @returns {string | undefined}
 */
function stringify(value) {
  try {
    return JSON.stringify(value);
  } catch {
    // It may have failed for a BigInt, so what else is wrong is found again.
    return JSON.stringify(value, tagged)?.replace(STRING, untagged);
  }
}

/**
 * Replaces a BigInt by a string, and tells it from all others by a letter that those get too.
 * @param {string} _key
 * @param {unknown} value
 */
function tagged(_key, value) {
  if (typeof value === 'bigint') return `n${value}`;
  return typeof value === 'string' || value instanceof String ? `s${value}` : value;
}

/** A string of JSON, and the colon behind it if it is a key: `JSON.stringify` puts no space between the two. */
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*":?/g;

/** @param {string} string */
function untagged(string) {
  if (string.endsWith(':')) return string;
  return string.startsWith('"n') ? string.slice(2, -1) : `"${string.slice(2)}`;
}
