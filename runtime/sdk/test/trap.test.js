import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FaultError } from '../src/errors.js';
import { HostTrap, engineFamily, engineFault, trapKind } from '../src/trap.js';
import { wasm } from './support/wat.js';

/** @typedef {import('../src/trap.js').EngineFamily} EngineFamily */

const BOTH = { hasMemory: true, hasTable: true, bytes: new Uint8Array() };

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

test("one text for memories and tables is told apart by what the module has", () => {
  /** @type {(hasMemory: boolean, hasTable: boolean) => string} */
  const kind = (hasMemory, hasTable) =>
    trapKind(trap('index out of bounds'), 0, { hasMemory, hasTable, bytes: new Uint8Array() }, 'spidermonkey');
  assert.equal(kind(true, false), 'MemoryOutOfBounds');
  assert.equal(kind(false, true), 'TableOutOfBounds');
  assert.throws(() => kind(true, true), { kind: 'AmbiguousTrap' });
});

test('one text for memories and tables is told apart by the operator that stopped, or not at all', () => {
  const module = wasm(`(module
    (memory 1) (data "x") (table 1 funcref) (table 1 funcref) (elem func 0)
    (func (drop (i32.load (i32.const -1))))
    (func (i64.store32 (i32.const -1) (i64.const 0)))
    (func (memory.fill (i32.const -1) (i32.const 0) (i32.const 2)))
    (func (memory.copy (i32.const -1) (i32.const 0) (i32.const 2)))
    (func (memory.init 0 (i32.const -1) (i32.const 0) (i32.const 1)))
    (func (call_indirect (i32.const 9)))
    (func (drop (table.get 0 (i32.const 9))))
    (func (table.set 0 (i32.const 9) (ref.null func)))
    (func (table.fill 0 (i32.const 9) (ref.null func) (i32.const 1)))
    (func (table.copy 0 1 (i32.const 9) (i32.const 0) (i32.const 1)))
    (func (table.init 0 0 (i32.const 9) (i32.const 0) (i32.const 1)))
    (func unreachable))`);
  const offset = (/** @type {number[]} */ operator) => {
    const at = Buffer.from(module).indexOf(Buffer.from(operator));
    assert.ok(at > 0, `the module has ${operator}`);
    return at;
  };
  const load = offset([0x28, 2, 0]);
  /** @type {(at: string) => string} */
  const kind = (at) => {
    const error = trap('index out of bounds');
    error.stack = `${at}\ng@http://x/a.js line 1 > WebAssembly.Module:wasm-function[1]:0x${load.toString(16)}\nrun@http://x/a.js:1:1\n`;
    return trapKind(error, 0, { hasMemory: true, hasTable: true, bytes: module }, 'spidermonkey');
  };
  const frame = (/** @type {number} */ at) => `f@http://x/a.js line 1 > WebAssembly.Module:wasm-function[2]:0x${at.toString(16)}`;
  /** @type {(kind: string, ...operators: number[][]) => void} */
  const check = (expect, ...operators) => {
    for (const operator of operators) assert.equal(kind(frame(offset(operator))), expect, String(operator));
  };
  check('MemoryOutOfBounds', [0x28, 2, 0], [0x3e, 2, 0], [0xfc, 0x0b, 0], [0xfc, 0x0a, 0, 0], [0xfc, 0x08, 0, 0]);
  check('TableOutOfBounds', [0x11, 0, 0], [0x25, 0], [0x26, 0], [0xfc, 0x11, 0], [0xfc, 0x0e, 0, 1], [0xfc, 0x0c, 0, 0]);
  for (const at of [frame(0), frame(module.length), frame(module.lastIndexOf(0x0b)), 'f@http://x/a.js:1:1']) {
    assert.throws(() => kind(at), { kind: 'AmbiguousTrap' }, at);
  }
  assert.throws(() => kind(`${frame(module.length)}:0`), { kind: 'AmbiguousTrap' });
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
