// A state is what a step leaves in an instance: digests of its memory and tables, and its globals.

import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { externNumber } from './values.js';

/** @typedef {import('../interface.js').ValueType} ValueType */
/** @typedef {import('./values.js').Functions} Functions */

/** @typedef {{ pages: number, sha256: string }} MemoryState */
/** @typedef {{ size: number, sha256: string }} TableState */

/**
 * @typedef {{ memory: MemoryState | null, globals: string[], tables: TableState[] }} State
 */

const PAGE_BYTES = 65_536;

/** What memory is compared with to skip zeros. */
const ZEROS = Buffer.alloc(PAGE_BYTES);

/**
 * The size of a memory and the digest of its bytes up to the last that is not zero.
 * @param {WebAssembly.Memory} memory
 * @returns {MemoryState}
 */
export function memoryState({ buffer }) {
  const used = Buffer.from(buffer, 0, usedBytes(buffer));
  let zeros = 0;
  while (used.length >= zeros + PAGE_BYTES && isZero(used, zeros)) zeros += PAGE_BYTES;
  const digest = afterZeroPages(zeros / PAGE_BYTES).update(used.subarray(zeros)).digest('hex');
  return { pages: buffer.byteLength / PAGE_BYTES, sha256: digest };
}

/**
 * What has been digested after so many pages of zeros. Compilers put a guest's stack before its data, and most of that
 * stack is never touched.
 */
const zeroPages = [createHash('sha256')];

/**
 * @param {number} count
 * @returns {import('node:crypto').Hash}
 */
function afterZeroPages(count) {
  for (let pages = zeroPages.length; pages <= count; pages++) {
    zeroPages.push(/** @type {import('node:crypto').Hash} */ (zeroPages[pages - 1]).copy().update(ZEROS));
  }
  return /** @type {import('node:crypto').Hash} */ (zeroPages[count]).copy();
}

/**
 * Whether a page is all zeros.
 * @param {Buffer} bytes
 * @param {number} start
 */
function isZero(bytes, start) {
  return ZEROS.compare(bytes, start, start + PAGE_BYTES) === 0;
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
  const entries = Buffer.allocUnsafe(5 * size);
  let end = 0;
  for (let index = 0; index < size; index++) {
    const entry = table.get(index);
    if (entry === null) {
      entries[end++] = 0x00;
    } else {
      entries[end++] = element === 'funcref' ? 0x01 : 0x02;
      end = entries.writeUInt32LE(element === 'funcref' ? functions.indexOf(entry) : externNumber(entry), end);
    }
  }
  return { size, sha256: sha256(entries.subarray(0, end)) };
}

/** @param {Uint8Array} data */
export function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * Where the trailing zeros of a memory begin. Most memories are mostly zeros: whole pages are compared at once.
 * @param {ArrayBuffer} buffer
 */
function usedBytes(buffer) {
  const bytes = Buffer.from(buffer);
  let end = bytes.length;
  while (end > 0 && isZero(bytes, end - PAGE_BYTES)) end -= PAGE_BYTES;
  const words = new Uint32Array(buffer, 0, end / 4);
  let used = words.length;
  while (used > 0 && words[used - 1] === 0) used--;
  end = used * 4;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return end;
}
