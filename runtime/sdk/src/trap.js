// A trap is a deterministic stop of a guest. Engines name the same stop by different texts, some by one text for two
// stops; this file turns what an engine throws into the kind that every engine must report, or into a fault.
// It never guesses: a text that is in no table is a fault.

import { FaultError } from './errors.js';
import { touchedAt } from './trap-site.js';

/**
 * @typedef {'Unreachable' | 'OutOfGas' | 'CallStackExhausted' | 'MemoryOutOfBounds' | 'TableOutOfBounds'
 *   | 'IndirectCallToNull' | 'BadSignature' | 'IntegerDivisionByZero' | 'IntegerOverflow' | 'BadConversionToInteger'
 *   | 'GuestAbort'} TrapKind
 */

/** @typedef {'v8' | 'javascriptcore' | 'spidermonkey'} EngineFamily */

/**
 * What is known about the module that trapped, for engines with one text for memories and tables: what it has, and the
 * bytes that were compiled.
 * @typedef {{ hasMemory: boolean, hasTable: boolean, bytes: Uint8Array }} Trapped
 */

/** What a host function throws to stop the guest that called it. Nothing else in the process throws one. */
export class HostTrap {
  /** @param {TrapKind} kind */
  constructor(kind) {
    this.kind = kind;
  }
}

/**
 * The kind of a trap.
 * @param {unknown} thrown what the call threw
 * @param {number} status the module's `modal:status` after it
 * @param {Trapped} module
 * @param {EngineFamily} family
 * @returns {TrapKind}
 * @throws {FaultError} if it was not a trap, or not one that is known
 */
export function trapKind(thrown, status, module, family = engineFamily()) {
  if (thrown instanceof HostTrap) return trapWithoutStatus(thrown.kind, status);
  if (thrown instanceof WebAssembly.RuntimeError) return runtimeErrorKind(thrown, status, module, family);
  throw engineFault(thrown);
}

/**
 * What an error of the engine that is not a trap means.
 * @param {unknown} thrown
 * @returns {FaultError}
 */
export function engineFault(thrown) {
  if (thrown instanceof FaultError) return thrown;
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  if (isStackOverflow(thrown)) return new FaultError('EngineStackOverflow', detail, { cause: thrown });
  if (thrown instanceof Error && /out of memory|allocation failed|could not allocate/i.test(thrown.message)) {
    return new FaultError('EngineOutOfMemory', detail, { cause: thrown });
  }
  if (thrown instanceof WebAssembly.CompileError || thrown instanceof WebAssembly.LinkError) {
    return new FaultError('EngineRejected', detail, { cause: thrown });
  }
  return new FaultError('Internal', detail, { cause: thrown });
}

/**
 * Which family of engines this is, seen from how it reports a trap that is known beforehand.
 * @returns {EngineFamily}
 */
export function engineFamily() {
  detected ??= detectFamily();
  return detected;
}

/** @type {EngineFamily | undefined} */
let detected;

/** Why a module stopped itself with `unreachable`, by the number it left in `modal:status`. */
const STATUS_KINDS = /** @type {const} */ ([
  'Unreachable',
  'OutOfGas',
  'CallStackExhausted',
  'BadConversionToInteger',
  'IndirectCallToNull',
]);

/**
 * The texts of `WebAssembly.RuntimeError`, complete, per family. Texts that an engine uses for two kinds take the
 * one that the meter leaves over: it stops conversions of NaNs and indirect calls of null entries by itself.
 * `MemoryOrTable` is a text whose kind depends on what the module has, and on where it stopped.
 * @type {Readonly<Record<EngineFamily, ReadonlyMap<string, TrapKind | 'MemoryOrTable'>>>}
 */
const TEXTS = {
  v8: new Map([
    ['unreachable', 'Unreachable'],
    ['divide by zero', 'IntegerDivisionByZero'],
    ['remainder by zero', 'IntegerDivisionByZero'],
    ['divide result unrepresentable', 'IntegerOverflow'],
    ['float unrepresentable in integer range', 'IntegerOverflow'],
    ['memory access out of bounds', 'MemoryOutOfBounds'],
    ['table index is out of bounds', 'TableOutOfBounds'],
    ['element segment out of bounds', 'TableOutOfBounds'],
    ['null function or function signature mismatch', 'BadSignature'],
    ['function signature mismatch', 'BadSignature'],
    ['null function', 'IndirectCallToNull'],
  ]),
  javascriptcore: new Map([
    ['Unreachable code should not be executed', 'Unreachable'],
    ['Division by zero', 'IntegerDivisionByZero'],
    ['Integer overflow', 'IntegerOverflow'],
    ['Out of bounds Trunc operation', 'IntegerOverflow'],
    ['Out of bounds memory access', 'MemoryOutOfBounds'],
    ['Out of bounds table access', 'TableOutOfBounds'],
    ['Out of bounds call_indirect', 'TableOutOfBounds'],
    ['call_indirect to a signature that does not match', 'BadSignature'],
    ['call_indirect to a null table entry', 'IndirectCallToNull'],
  ]),
  spidermonkey: new Map([
    ['unreachable executed', 'Unreachable'],
    ['integer divide by zero', 'IntegerDivisionByZero'],
    ['integer overflow', 'IntegerOverflow'],
    ['invalid conversion to integer', 'BadConversionToInteger'],
    ['index out of bounds', 'MemoryOrTable'],
    ['table index out of bounds', 'TableOutOfBounds'],
    ['indirect call signature mismatch', 'BadSignature'],
    ['indirect call to null', 'IndirectCallToNull'],
  ]),
};

/**
 * @param {WebAssembly.RuntimeError} error
 * @param {number} status
 * @param {Trapped} module
 * @param {EngineFamily} family
 * @returns {TrapKind}
 */
function runtimeErrorKind(error, status, module, family) {
  const kind = TEXTS[family].get(bareText(error.message, family));
  if (kind === undefined) throw new FaultError('UnknownTrap', `${family}: ${error.message}`, { cause: error });
  if (kind === 'Unreachable') return statusKind(status);
  return trapWithoutStatus(kind === 'MemoryOrTable' ? memoryOrTable(error, module) : kind, status);
}

/**
 * @param {number} status
 * @returns {TrapKind}
 */
function statusKind(status) {
  const kind = STATUS_KINDS[status];
  if (kind === undefined) throw new FaultError('Internal', `the metered module left the status ${status}`);
  return kind;
}

/**
 * A trap other than `unreachable` leaves the status alone: the meter sets it only just before one.
 * @param {TrapKind} kind
 * @param {number} status
 * @returns {TrapKind}
 */
function trapWithoutStatus(kind, status) {
  if (status !== 0) throw new FaultError('Internal', `the metered module left the status ${status} and stopped with ${kind}`);
  return kind;
}

/**
 * @param {WebAssembly.RuntimeError} error
 * @param {Trapped} module
 * @returns {TrapKind}
 */
function memoryOrTable(error, { hasMemory, hasTable, bytes }) {
  const touched = hasMemory === hasTable ? touchedAt(error, bytes) : hasMemory ? 'memory' : 'table';
  if (touched === 'memory') return 'MemoryOutOfBounds';
  if (touched === 'table') return 'TableOutOfBounds';
  throw new FaultError('AmbiguousTrap', error.message, { cause: error });
}

/**
 * The text without what JavaScriptCore appends of the calling JavaScript.
 * @param {string} message
 * @param {EngineFamily} family
 */
function bareText(message, family) {
  const end = family === 'javascriptcore' ? message.indexOf(' (evaluating ') : -1;
  return end < 0 ? message : message.slice(0, end);
}

/**
 * `InternalError` is SpiderMonkey's and is not in the language, so it is known by name.
 * @param {unknown} thrown
 */
function isStackOverflow(thrown) {
  if (!(thrown instanceof Error)) return false;
  if (thrown instanceof RangeError) return thrown.message.startsWith('Maximum call stack size exceeded');
  return thrown.name === 'InternalError' && thrown.message.startsWith('too much recursion');
}

/** @returns {EngineFamily} */
function detectFamily() {
  // (module (func (export "f") unreachable))
  const probe = new Uint8Array([
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00, 0x07,
    0x05, 0x01, 0x01, 0x66, 0x00, 0x00, 0x0a, 0x05, 0x01, 0x03, 0x00, 0x00, 0x0b,
  ]);
  const f = new WebAssembly.Instance(new WebAssembly.Module(probe)).exports['f'];
  try {
    /** @type {Function} */ (f)();
  } catch (error) {
    const message = error instanceof WebAssembly.RuntimeError ? error.message : String(error);
    for (const family of /** @type {const} */ (['v8', 'javascriptcore', 'spidermonkey'])) {
      if (TEXTS[family].get(bareText(message, family)) === 'Unreachable') return family;
    }
    throw new FaultError('UnknownTrap', `an engine that calls 'unreachable': ${message}`, { cause: error });
  }
  throw new FaultError('Internal', "the engine ran past 'unreachable'");
}
