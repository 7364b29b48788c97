// A page as a platform. The digests that browsers have do not answer at once, so the worker brings its own.

import { Sha256 } from './sha256.js';

/** @type {import('../platform.js').Platform} */
export const WEB = { fromBase64, sha256: () => new Sha256(), isZero };

/** @param {string} text */
function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end
 */
function isZero({ buffer, byteOffset }, start, end) {
  const words = new Uint32Array(buffer, byteOffset + start, (end - start) / 4);
  for (let index = 0; index < words.length; index++) if (words[index] !== 0) return false;
  return true;
}
