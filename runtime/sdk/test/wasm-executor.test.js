import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RejectionError, TrapError, ViolationError, WasmExecutor, loadMeter } from '../src/node.js';
import { ECHO, ECHO_GAS, VIOLATIONS, guest } from './support/guests.js';
import { wasm } from './support/wat.js';

test('a gas limit is an integer from 1 to 100,000,000', () => {
  /** @type {(limit: any, expect: typeof TypeError | typeof RangeError) => void} */
  const refuse = (limit, expect) => {
    const wrong = (/** @type {unknown} */ error) => error instanceof expect && error.message.startsWith('gasLimit must be');
    assert.throws(() => new WasmExecutor(limit), wrong, String(limit));
    assert.throws(() => new WasmExecutor().setGasLimit(limit), wrong, String(limit));
  };
  refuse(0, RangeError);
  refuse(-1, RangeError);
  refuse(1.5, RangeError);
  refuse(NaN, RangeError);
  refuse(100_000_001, RangeError);
  refuse('5', TypeError);
  refuse(5n, TypeError);
  refuse(null, TypeError);

  const executor = new WasmExecutor();
  assert.equal(executor.getGasLimit(), 10_000_000);
  for (const limit of [1, 100_000_000]) {
    executor.setGasLimit(limit);
    assert.equal(executor.getGasLimit(), limit);
  }
});

test('a method is given text and returns text', async () => {
  const executor = new WasmExecutor();
  /** @type {(args: unknown, expect: string) => Promise<void>} */
  const check = async (args, expect) => {
    const { output, gas_used, gas_limit } = await executor.executeUserWasm(ECHO, 'run', args);
    assert.deepEqual({ output, gas_used, gas_limit }, { output: expect, gas_used: ECHO_GAS, gas_limit: 10_000_000 });
  };
  await check('', '');
  await check('plain', 'plain');
  await check('\u{feff}marks, \u{1f980} and \u0000 are kept', '\u{feff}marks, \u{1f980} and \u0000 are kept');
  await check({ amount: 100, to: 'you' }, '{"amount":100,"to":"you"}');
  await check(null, 'null');
  await check(5, '5');
  await check(['\ud800'], '["\\ud800"]');
});

test('modules come as a Uint8Array, a part of one, or an ArrayBuffer', async () => {
  const padded = new Uint8Array(ECHO.length + 8).fill(0xff);
  padded.set(ECHO, 4);
  for (const bytes of [ECHO, padded.subarray(4, 4 + ECHO.length), new Uint8Array(ECHO).buffer]) {
    assert.equal((await new WasmExecutor().executeUserWasm(bytes, 'run', 'x')).output, 'x');
  }
});

test('a run succeeds if and only if its limit covers it', async () => {
  const { gas_used } = await new WasmExecutor(ECHO_GAS).executeUserWasm(ECHO, 'run', 'x');
  assert.equal(gas_used, ECHO_GAS);
  for (let limit = 1; limit < ECHO_GAS; limit++) {
    await assert.rejects(new WasmExecutor(limit).executeUserWasm(ECHO, 'run', 'x'), (error) => {
      assert.ok(error instanceof TrapError);
      assert.deepEqual([error.kind, error.gas_used, error.gas_limit], ['OutOfGas', limit, limit]);
      return true;
    });
  }
});

test('a guest that breaks the ABI pays its whole limit', async () => {
  for (const { name, bytes, violation } of VIOLATIONS) {
    await assert.rejects(
      new WasmExecutor(5000).executeUserWasm(bytes, 'run', 'xy'),
      (error) => {
        assert.ok(error instanceof ViolationError, `${name}: ${error}`);
        assert.equal(error.rule, violation.rule, name);
        assert.equal(error.export, violation.export, name);
        assert.equal(error.gas_used, 5000, name);
        return true;
      },
      name,
    );
  }
});

test('what the meter adds is not a method', async () => {
  for (const method of ['modal:start', 'modal:f0', 'toString', '__proto__', '']) {
    await assert.rejects(new WasmExecutor().executeUserWasm(ECHO, method, ''), { rule: 'MissingExport', export: method });
  }
});

test('arguments of the wrong kind are a TypeError, of the wrong value a RangeError', async () => {
  const executor = new WasmExecutor();
  /** @type {(bytes: any, method: any, args: any, name: string, message: RegExp) => Promise<void>} */
  const refuse = (bytes, method, args, name, message) =>
    assert.rejects(executor.executeUserWasm(bytes, method, args), { name, message });
  await refuse('AGFzbQ==', 'run', '', 'TypeError', /^wasmBytes must be a Uint8Array/);
  await refuse([0], 'run', '', 'TypeError', /^wasmBytes must be/);
  await refuse(ECHO, 5, '', 'TypeError', /^method must be a string/);
  await refuse(ECHO, 'run', undefined, 'TypeError', /^args must have a JSON form, not /);
  await refuse(ECHO, 'run', () => 1, 'TypeError', /^args must have a JSON form, not /);
  await refuse(ECHO, 'run', 'a\ud800b', 'TypeError', /^args must be well-formed/);
  await refuse(ECHO, 'run', 'x'.repeat((1 << 20) + 1), 'RangeError', /^args must be at most 1048576 bytes/);
  await refuse(ECHO, 'run', '\u00e9'.repeat((1 << 19) + 1), 'RangeError', /^args must be at most 1048576 bytes/);
});

test('a text of the largest size goes in and comes out', async () => {
  const bytes = wasm(`(module
    (memory (export "memory") 32)
    (func (export "alloc") (param i32) (result i32) i32.const 4)
    (func (export "run") (param i32 i32) (result i32) (i32.store (i32.const 0) (local.get 1)) i32.const 0))`);
  const largest = '\u00e9'.repeat(1 << 19);
  assert.equal((await new WasmExecutor().executeUserWasm(bytes, 'run', largest)).output, largest);
});

test('the start function runs under the same budget, before anything else', async () => {
  const bytes = guest({
    run: '(i32.store (i32.const 0) (i32.const 1)) i32.const 0',
    more: '(func $start (i32.store8 (i32.const 4) (i32.const 65))) (start $start)',
  });
  const { output, gas_used } = await new WasmExecutor().executeUserWasm(bytes, 'run', '');
  assert.equal(output, 'A');
  assert.equal(gas_used, 4 + 2 + 5);

  const trapping = guest({ run: 'i32.const 0', more: '(func $start unreachable) (start $start)' });
  await assert.rejects(new WasmExecutor().executeUserWasm(trapping, 'run', ''), { name: 'TrapError', kind: 'Unreachable' });
});

test('an allocator that ends below zero is out of gas before the method runs', async () => {
  const bytes = guest({ alloc: 'nop nop i32.const 0 i32.const 0 i32.add', run: 'unreachable' });
  await assert.rejects(new WasmExecutor(3).executeUserWasm(bytes, 'run', ''), { kind: 'OutOfGas' });
  await assert.rejects(new WasmExecutor(4).executeUserWasm(bytes, 'run', ''), { kind: 'Unreachable' });
});

test('modules are validated without being run', async () => {
  const executor = new WasmExecutor();
  const valid = await executor.validateWasmModule(ECHO);
  assert.deepEqual({ ...valid, metered_sha256: null }, { valid: true, errors: [], kind: null, metered_sha256: null });
  assert.match(valid.metered_sha256 ?? '', /^[0-9a-f]{64}$/);

  /** @type {(bytes: Uint8Array, kind: string) => Promise<void>} */
  const refuse = async (bytes, kind) => {
    const { valid, errors, kind: found, metered_sha256 } = await executor.validateWasmModule(bytes);
    assert.deepEqual([valid, errors.length, found, metered_sha256], [false, 1, kind, null]);
    await assert.rejects(
      executor.executeUserWasm(bytes, 'run', ''),
      (error) => error instanceof RejectionError && error.kind === kind && error.message === errors[0],
    );
  };
  await refuse(new Uint8Array(), 'malformed');
  await refuse(new TextEncoder().encode('not wasm'), 'malformed');
  await refuse(wasm('(module (import "env" "random" (func)))'), 'import');
  await refuse(wasm('(module (func (export "modal:gas")))'), 'reserved_export');
  await refuse(wasm('(module (func (result v128) (v128.const i64x2 0 0)))', { simd: true }), 'feature');
  // A function of one byte too few: its type says that it returns something.
  await refuse(new Uint8Array([...ECHO.subarray(0, 8), 1, 5, 1, 0x60, 0, 1, 0x7f, 3, 2, 1, 0, 10, 4, 1, 2, 0, 0x0b]), 'invalid');
});

test('runs do not see each other', async () => {
  const executor = new WasmExecutor();
  const counter = guest({
    run: `(global.set $n (i32.add (global.get $n) (i32.const 1)))
      (i32.store (i32.const 0) (i32.const 1)) (i32.store8 (i32.const 4) (i32.add (i32.const 48) (global.get $n))) i32.const 0`,
    more: '(global $n (mut i32) (i32.const 0))',
  });
  const runs = await Promise.all([1, 2, 3].map(() => executor.executeUserWasm(counter, 'run', '')));
  assert.deepEqual(runs.map(({ output }) => output), ['1', '1', '1']);
  assert.equal(new Set(runs.map(({ gas_used }) => gas_used)).size, 1);
});

test('a meter comes in exactly one of three forms', async () => {
  /** @type {(source: any, message: RegExp) => Promise<void>} */
  const refuse = (source, message) => assert.rejects(loadMeter(source), { name: 'TypeError', message });
  await refuse(null, /^source must be an object, not null/);
  await refuse('meter.wasm', /^source must be an object, not string/);
  await refuse({}, /^source must have one of module, bytes and url/);
  await refuse({ bytes: ECHO, url: 'meter.wasm' }, /^source must have one of/);
  await refuse({ bytes: 'AGFzbQ==' }, /^source\.bytes must be a Uint8Array/);
  await refuse({ module: ECHO }, /^source\.module must be a WebAssembly\.Module, not an object/);
  await refuse({ url: 5 }, /^source\.url must be a string or a URL, not number/);
});
