import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FaultError } from '../src/errors.js';
import { MeteredInstance } from '../src/instance.js';
import { wasm } from './support/wat.js';

const STACK_WORDS = 100;

/**
 * An instance of what the meter could have written, with a function `f` of this body.
 * @param {string} body
 */
function instance(body) {
  const bytes = wasm(`(module
    (global $gas (export "modal:gas") (mut i64) (i64.const 0))
    (global $stack (export "modal:stack") (mut i32) (i32.const 0))
    (global $low (export "modal:stack_low") (mut i32) (i32.const 0))
    (global $status (export "modal:status") (mut i32) (i32.const 0))
    (func (export "f") ${body}))`);
  const module = new WebAssembly.Module(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
  const shape = {
    exports: new Map(),
    hasMemory: false,
    initialPages: 0,
    hasTable: false,
    tables: [],
    globals: [],
    functions: [],
  };
  return MeteredInstance.make({ module, bytes, interface: shape, stackLimitWords: STACK_WORDS });
}

/** @param {MeteredInstance} of */
function call(of) {
  return of.call(of.function('f'), []);
}

const SPEND = '(global.set $gas (i64.sub (global.get $gas) (i64.const 4)))';

test('a budget of gas and its high-water span several calls', () => {
  const deepest = '(global.set $low (i32.sub (global.get $low) (i32.const 7)))';
  const spent = instance(`${SPEND} ${deepest}`);
  spent.begin(10);
  /** @type {(outcome: unknown, left: number, high: number) => void} */
  const check = (outcome, left, high) => {
    assert.deepEqual(call(spent), outcome);
    assert.deepEqual([spent.gasLeft, spent.stackHighWater], [left, high]);
  };
  check({ trapped: null, results: undefined }, 6, 7);
  check({ trapped: null, results: undefined }, 2, 14);
  check({ trapped: 'OutOfGas' }, 0, 21);
  spent.begin(4);
  check({ trapped: null, results: undefined }, 0, 7);
});

test('what a call leaves behind does not reach the next one', () => {
  const stopped = instance('(if (global.get $status) (then unreachable)) (global.set $status (i32.const 1)) unreachable');
  for (const _ of [1, 2]) {
    stopped.begin(10);
    assert.deepEqual(call(stopped), { trapped: 'OutOfGas' });
  }
  const unbalanced = instance('(global.set $stack (i32.sub (global.get $stack) (i32.const 60))) unreachable');
  for (const _ of [1, 2]) {
    unbalanced.begin(10);
    assert.deepEqual(call(unbalanced), { trapped: 'Unreachable' });
    assert.equal(/** @type {WebAssembly.Global} */ (unbalanced.exports['modal:stack']).value, STACK_WORDS - 60);
  }
});

test('a counter that no call can have left so is a fault', () => {
  /** @type {(body: string, counter: string) => void} */
  const check = (body, counter) => {
    const tampered = instance(body);
    tampered.begin(10);
    assert.throws(
      () => call(tampered),
      (error) => error instanceof FaultError && error.kind === 'Counter' && error.detail.startsWith(`${counter} is `),
      body,
    );
    assert.equal(tampered.gasLeft, 0, body);
  };
  check('(global.set $gas (i64.const 11))', 'modal:gas');
  check('(global.set $stack (i32.const 99))', 'modal:stack');
  check('(global.set $stack (i32.const 101))', 'modal:stack');
  check('(global.set $low (i32.const 101))', 'modal:stack_low');
  check('(global.set $low (i32.const -1))', 'modal:stack_low');
  check('(global.set $low (i32.const -1)) unreachable', 'modal:stack_low');
  check('(global.set $status (i32.const 1))', 'modal:status');
});
