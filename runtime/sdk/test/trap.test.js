import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FaultError } from '../src/errors.js';
import { HostTrap, engineFamily, engineFault, trapKind } from '../src/trap.js';

/** @typedef {import('../src/trap.js').EngineFamily} EngineFamily */

const BOTH = { hasMemory: true, hasTable: true };

/** @param {string} message */
function trap(message) {
  return new WebAssembly.RuntimeError(message);
}

test('this engine is known by how it stops', () => {
  assert.equal(engineFamily(), 'v8');
});

test('the status tells why a module stopped itself', () => {
  /** @type {(status: number, expect: string) => void} */
  const check = (status, expect) => assert.equal(trapKind(trap('unreachable'), status, BOTH, 'v8'), expect);
  check(0, 'Unreachable');
  check(1, 'OutOfGas');
  check(2, 'CallStackExhausted');
  check(3, 'BadConversionToInteger');
  check(4, 'IndirectCallToNull');
});

test('engines name one trap by different texts', () => {
  /** @type {(family: EngineFamily, message: string, expect: string) => void} */
  const check = (family, message, expect) => assert.equal(trapKind(trap(message), 0, BOTH, family), expect, message);
  check('v8', 'divide by zero', 'IntegerDivisionByZero');
  check('v8', 'remainder by zero', 'IntegerDivisionByZero');
  check('v8', 'divide result unrepresentable', 'IntegerOverflow');
  check('v8', 'float unrepresentable in integer range', 'IntegerOverflow');
  check('v8', 'memory access out of bounds', 'MemoryOutOfBounds');
  check('v8', 'table index is out of bounds', 'TableOutOfBounds');
  check('v8', 'element segment out of bounds', 'TableOutOfBounds');
  check('v8', 'null function or function signature mismatch', 'BadSignature');
  check('v8', 'function signature mismatch', 'BadSignature');
  check('v8', 'null function', 'IndirectCallToNull');
  check('javascriptcore', "Unreachable code should not be executed (evaluating 'f(...args)')", 'Unreachable');
  check('javascriptcore', "Division by zero (evaluating 'f(...args)')", 'IntegerDivisionByZero');
  check('javascriptcore', 'Out of bounds call_indirect', 'TableOutOfBounds');
  check('javascriptcore', 'Out of bounds Trunc operation', 'IntegerOverflow');
  check('javascriptcore', 'call_indirect to a null table entry', 'IndirectCallToNull');
  check('spidermonkey', 'unreachable executed', 'Unreachable');
  check('spidermonkey', 'table index out of bounds', 'TableOutOfBounds');
  check('spidermonkey', 'indirect call signature mismatch', 'BadSignature');
});

test("one text for memories and tables is told apart by what the module has, or not at all", () => {
  /** @type {(hasMemory: boolean, hasTable: boolean) => string} */
  const kind = (hasMemory, hasTable) =>
    trapKind(trap('index out of bounds'), 0, { hasMemory, hasTable }, 'spidermonkey');
  assert.equal(kind(true, false), 'MemoryOutOfBounds');
  assert.equal(kind(false, true), 'TableOutOfBounds');
  assert.throws(() => kind(true, true), { kind: 'AmbiguousTrap' });
});

test('what is no known trap is a fault', () => {
  /** @type {(thrown: unknown, status: number, kind: string) => void} */
  const check = (thrown, status, kind) => {
    assert.throws(
      () => trapKind(thrown, status, BOTH, 'v8'),
      (error) => error instanceof FaultError && error.kind === kind,
      String(thrown),
    );
  };
  check(trap('a text of tomorrow'), 0, 'UnknownTrap');
  check(trap('unreachable executed'), 0, 'UnknownTrap');
  check(trap('divide by zero '), 0, 'UnknownTrap');
  check(trap('constructor'), 0, 'UnknownTrap');
  check(trap('unreachable'), 5, 'Internal');
  check(trap('unreachable'), -1, 'Internal');
  check(trap('divide by zero'), 1, 'Internal');
  check(new HostTrap('GuestAbort'), 1, 'Internal');
  check({ kind: 'GuestAbort' }, 0, 'Internal');
  check(new RangeError('Maximum call stack size exceeded'), 0, 'EngineStackOverflow');
  check(new RangeError('WebAssembly.Memory.grow(): Out of memory'), 0, 'EngineOutOfMemory');
  check(new WebAssembly.CompileError('too many locals'), 0, 'EngineRejected');
  check(new WebAssembly.LinkError('no such import'), 0, 'EngineRejected');
  check(new TypeError('wrong'), 0, 'Internal');
  check('a string', 0, 'Internal');
});

test('a guest that aborts is known by identity', () => {
  assert.equal(trapKind(new HostTrap('GuestAbort'), 0, BOTH, 'v8'), 'GuestAbort');
  assert.equal(trapKind(new HostTrap('OutOfGas'), 0, BOTH, 'v8'), 'OutOfGas');
});

test("SpiderMonkey's stack overflow is no RangeError", () => {
  const error = new Error('too much recursion');
  error.name = 'InternalError';
  assert.equal(engineFault(error).kind, 'EngineStackOverflow');
});
