// A trap's site is the operator that stopped. SpiderMonkey tells it in the stack of the error: each line is a frame, that
// of wasm ends in `…:wasm-function[3]:0x1a2`, and the last number is an offset in the module's bytes (WebAssembly Web API,
// developer-facing display conventions).

/** The first line, which is the innermost frame: names come first in it, the place last. */
const FRAME = /^.*:wasm-function\[\d+\]:0x([0-9a-f]+)(\n|$)/;

const CALL_INDIRECT = 0x11;
const TABLE_GET = 0x25;
const TABLE_SET = 0x26;
/** The first of the loads, and the last of the stores. */
const LOADS_AND_STORES = /** @type {const} */ ([0x28, 0x3e]);

/** What operators that take a second number begin with, and those numbers. */
const PREFIX = 0xfc;
const MEMORY_INIT = 0x08;
const MEMORY_COPY = 0x0a;
const MEMORY_FILL = 0x0b;
const TABLE_INIT = 0x0c;
const TABLE_COPY = 0x0e;
const TABLE_FILL = 0x11;

/**
 * Whether it was at a memory or at a table that an error's operator stopped; null if the engine does not say where it was,
 * or if what is there touches neither.
 * @param {Error} error
 * @param {Uint8Array} module the bytes that were compiled
 * @returns {'memory' | 'table' | null}
 */
export function touchedAt({ stack }, module) {
  const [, offset] = FRAME.exec(stack ?? '') ?? [];
  if (offset === undefined) return null;
  const at = Number.parseInt(offset, 16);
  const [first = 0, second = 0] = module.subarray(at, at + 2);
  if (first !== PREFIX) {
    if ([CALL_INDIRECT, TABLE_GET, TABLE_SET].includes(first)) return 'table';
    return first >= LOADS_AND_STORES[0] && first <= LOADS_AND_STORES[1] ? 'memory' : null;
  }
  if ([MEMORY_INIT, MEMORY_COPY, MEMORY_FILL].includes(second)) return 'memory';
  return [TABLE_INIT, TABLE_COPY, TABLE_FILL].includes(second) ? 'table' : null;
}
