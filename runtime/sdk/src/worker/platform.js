// A platform is where the worker runs: Node and its like, or a page. They differ in how bytes are handled; programs say
// where they run before they observe anything.

/**
 * A SHA-256 that is being computed.
 * @typedef {object} Digest
 * @property {(bytes: Uint8Array) => Digest} update
 * @property {() => Digest} copy
 * @property {(encoding: 'hex') => string} digest which ends it
 */

/**
 * @typedef {object} Platform
 * @property {(text: string) => Uint8Array} fromBase64
 * @property {() => Digest} sha256
 * @property {(bytes: Uint8Array, start: number, end: number) => boolean} isZero whether these bytes, a multiple of four
 *   from such a multiple on, are all zero
 */

/** @type {Platform | undefined} */
let current;

/**
 * Says where the worker runs.
 * @param {Platform} platform
 */
export function runOn(platform) {
  current = platform;
}

/** @returns {Platform} */
export function platform() {
  if (current === undefined) throw new Error('the worker was not told where it runs');
  return current;
}
