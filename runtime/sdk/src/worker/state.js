// A state is what a step leaves in an instance: digests of its memory and tables, and its globals.

import { platform } from './platform.js';
import { externNumber } from './values.js';

/** @typedef {import('../interface.js').ValueType} ValueType */
/** @typedef {import('./platform.js').Digest} Digest */
/** @typedef {import('./values.js').Functions} Functions */

/** @typedef {{ pages: number, sha256: string }} MemoryState */
/** @typedef {{ size: number, sha256: string }} TableState */

/**
 * @typedef {{ memory: MemoryState | null, globals: string[], tables: TableState[] }} State
 */

const PAGE_BYTES = 65_536;

const ZEROS = new Uint8Array(PAGE_BYTES);

/**
 * The size of a memory and the digest of its bytes up to the last that is not zero.
 * @param {WebAssembly.Memory} memory
 * @returns {MemoryState}
 */
export function memoryState({ buffer }) {
  const { isZero } = platform();
  const used = new Uint8Array(buffer, 0, usedBytes(buffer));
  let zeros = 0;
  while (used.length >= zeros + PAGE_BYTES && isZero(used, zeros, zeros + PAGE_BYTES)) zeros += PAGE_BYTES;
  const digest = afterZeroPages(zeros / PAGE_BYTES).update(used.subarray(zeros)).digest('hex');
  return { pages: buffer.byteLength / PAGE_BYTES, sha256: digest };
}

/**
 * What has been digested after so many pages of zeros. Compilers put a guest's stack before its data, and most of that
 * stack is never touched.
 * @type {Digest[]}
 */
const zeroPages = [];

/**
 * @param {number} count
 * @returns {Digest}
 */
function afterZeroPages(count) {
  for (let pages = zeroPages.length; pages <= count; pages++) {
    zeroPages.push(pages === 0 ? platform().sha256() : afterZeroPages(pages - 1).update(ZEROS));
  }
  return /** @type {Digest} */ (zeroPages[count]).copy();
}

/**
 * The size of a table and the digest of its entries: 0x00 for null, 0x01 and the function's index, 0x02 and the
 * object's number, both u32 little-endian.
 * @param {WebAssembly.Table} table
 * @param {ValueType} element
 * @param {Functions} functions
 * @returns {TableState}
 */
export function tableState(table, element, functions) {
  const size = table.length;
  // Longest case: every entry takes five bytes.
  const entries = new DataView(new ArrayBuffer(5 * size));
  let end = 0;
  for (let index = 0; index < size; index++) {
    const entry = table.get(index);
    if (entry === null) {
      entries.setUint8(end, 0x00);
      end += 1;
    } else {
      entries.setUint8(end, element === 'funcref' ? 0x01 : 0x02);
      entries.setUint32(end + 1, element === 'funcref' ? functions.indexOf(entry) : externNumber(entry), true);
      end += 5;
    }
  }
  return { size, sha256: sha256(new Uint8Array(entries.buffer, 0, end)) };
}

/** @param {Uint8Array} data */
export function sha256(data) {
  return platform().sha256().update(data).digest('hex');
}

/**
 * Where the trailing zeros of a memory begin. Most memories are mostly zeros: whole pages are compared at once.
 * @param {ArrayBuffer} buffer
 */
function usedBytes(buffer) {
  const { isZero } = platform();
  const bytes = new Uint8Array(buffer);
  let end = bytes.length;
  while (end > 0 && isZero(bytes, end - PAGE_BYTES, end)) end -= PAGE_BYTES;
  const words = new Uint32Array(buffer, 0, end / 4);
  let used = words.length;
  while (used > 0 && words[used - 1] === 0) used--;
  end = used * 4;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return end;
}
