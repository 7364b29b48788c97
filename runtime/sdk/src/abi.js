// The guest ABI, version 1: the guest takes a text and returns one, through its own memory and allocator.
// A guest that breaks it has broken a named rule, the same one on every engine.

import { MAX_TEXT_BYTES } from './guards.js';

/** @typedef {import('./interface.js').Interface} Interface */
/** @typedef {import('./interface.js').ValueType} ValueType */
/** @typedef {import('./instance.js').MeteredInstance} MeteredInstance */
/** @typedef {import('./trap.js').TrapKind} TrapKind */

/**
 * @typedef {'MissingExport' | 'WrongSignature' | 'ArgumentsOutOfBounds' | 'ResultOutOfBounds' | 'OutputTooLong'
 *   | 'OutputNotUtf8'} AbiRule
 */

/**
 * The rule that was broken and, for the first two rules, the export that broke it.
 * @typedef {{ rule: AbiRule, export?: string }} Violation
 */

/**
 * How a run by the ABI ended.
 * @typedef {{ output: string } | { trapped: TrapKind } | { violated: Violation }} AbiOutcome
 */

/**
 * What a module's interface breaks of the ABI, before anything of it runs.
 * @param {Interface} shape
 * @param {string} method
 * @returns {Violation | null}
 */
export function checkAbi(shape, method) {
  const memory = shape.exports.get('memory');
  if (memory === undefined || memory.kind !== 'memory') return { rule: 'MissingExport', export: 'memory' };
  const alloc = shape.exports.get('alloc');
  if (alloc === undefined || alloc.kind !== 'function') return { rule: 'MissingExport', export: 'alloc' };
  const entry = shape.exports.get(method);
  if (entry === undefined || entry.kind !== 'function') return { rule: 'MissingExport', export: method };
  if (!isAddresses(alloc.params, 1) || !isAddresses(alloc.results, 1)) return { rule: 'WrongSignature', export: 'alloc' };
  if (!isAddresses(entry.params, 2) || !isAddresses(entry.results, 1)) return { rule: 'WrongSignature', export: method };
  return null;
}

/**
 * What is charged to the budget of a module that another one calls, beside what its code costs: for what the instance
 * starts with, and for each byte of the output.
 * @typedef {{ opening: number, outputByte: number }} Charges
 */

/** @type {Charges} */
const NO_CHARGES = { opening: 0, outputByte: 0 };

/**
 * Starts a fresh instance and runs one method of it by the ABI, all under one budget of gas.
 * @param {MeteredInstance} instance of a module that {@link checkAbi} has nothing against
 * @param {string} method
 * @param {Uint8Array} input UTF-8, at most {@link MAX_TEXT_BYTES}
 * @param {number} gasLimit
 * @param {Charges} [charges]
 * @returns {AbiOutcome}
 */
export function callAbi(instance, method, input, gasLimit, { opening, outputByte } = NO_CHARGES) {
  instance.begin(gasLimit);
  if (!instance.spend(opening)) return { trapped: 'OutOfGas' };
  const started = instance.start();
  if (started.trapped !== null) return { trapped: started.trapped };

  const allocated = instance.call(instance.function('alloc'), [input.length]);
  if (allocated.trapped !== null) return { trapped: allocated.trapped };
  const memory = instance.memory('memory');
  const address = unsigned(allocated.results);
  if (address + input.length > memory.buffer.byteLength) return { violated: { rule: 'ArgumentsOutOfBounds' } };
  new Uint8Array(memory.buffer, address, input.length).set(input);

  const called = instance.call(instance.function(method), [address | 0, input.length]);
  if (called.trapped !== null) return { trapped: called.trapped };
  return readResult(memory, unsigned(called.results), (length) => instance.spend(length * outputByte));
}

/** Shared, because a decoder costs more than most outputs. It holds no state between calls that do not stream. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * A result is a length, u32 little-endian, and that many bytes of UTF-8.
 * @param {WebAssembly.Memory} memory
 * @param {number} address
 * @param {(length: number) => boolean} pay whether the gas for so many bytes is there
 * @returns {AbiOutcome}
 */
function readResult(memory, address, pay) {
  const { buffer } = memory;
  if (address + 4 > buffer.byteLength) return { violated: { rule: 'ResultOutOfBounds' } };
  const length = new DataView(buffer).getUint32(address, true);
  if (length > MAX_TEXT_BYTES) return { violated: { rule: 'OutputTooLong' } };
  if (address + 4 + length > buffer.byteLength) return { violated: { rule: 'ResultOutOfBounds' } };
  if (!pay(length)) return { trapped: 'OutOfGas' };
  try {
    return { output: decoder.decode(new Uint8Array(buffer, address + 4, length)) };
  } catch (error) {
    // The decoder's only complaint about bytes that are there is that they are not UTF-8.
    if (error instanceof TypeError) return { violated: { rule: 'OutputNotUtf8' } };
    throw error;
  }
}

/**
 * @param {readonly ValueType[]} types
 * @param {number} count
 */
function isAddresses(types, count) {
  return types.length === count && types.every((type) => type === 'i32');
}

/**
 * An i32 result as the address that it is.
 * @param {unknown} result
 * @returns {number}
 */
function unsigned(result) {
  return /** @type {number} */ (result) >>> 0;
}
