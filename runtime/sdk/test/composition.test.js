import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALL_CODES, FaultError, Modules, TrapError, WasmExecutor } from '../src/node.js';
import { wasm } from './support/wat.js';

/**
 * A guest whose method calls the module that its input names, with its whole input, and returns what came of it: the
 * result, or its code as a byte.
 * @param {string} [rest]
 */
function caller(rest = '') {
  return wasm(`(module
    (import "modal" "call" (func $call (param i32 i32 i32 i32 i64) (result i32)))
    (import "modal" "result" (func $result (param i32)))
    (memory (export "memory") 1)
    (func (export "alloc") (param i32) (result i32) (i32.const 1024))
    (func (export "execute") (param $at i32) (param $length i32) (result i32)
      (local $code i32)
      (local.set $code
        (call $call (local.get $at) (local.get $length) (local.get $at) (local.get $length) (i64.const -1)))
      (call $result (i32.const 4))
      (if (i32.lt_s (local.get $code) (i32.const 0)) (then
        (i32.store8 (i32.const 4) (i32.sub (i32.const 48) (local.get $code)))
        (local.set $code (i32.const 1))))
      (i32.store (i32.const 0) (local.get $code))
      (i32.const 0))
    ${rest})`);
}

const CALLER = caller();

/** @param {string} text */
function saying(text) {
  const length = String.fromCharCode(text.length);
  return wasm(`(module
    (memory (export "memory") 1)
    (data (i32.const 0) "\\${length.charCodeAt(0).toString(16).padStart(2, '0')}\\00\\00\\00${text}")
    (func (export "alloc") (param i32) (result i32) (i32.const 1024))
    (func (export "execute") (param i32 i32) (result i32) (i32.const 0)))`);
}

test('a guest calls the modules that are passed in, by name', async () => {
  const modules = {
    '/tax': { wasmBytes: saying('19 %') },
    '/poor': { wasmBytes: saying('nothing'), gasLimit: 10 },
    '/bad': { wasmBytes: new Uint8Array(3) },
    '/self': { wasmBytes: CALLER },
  };
  const prepared = await Modules.prepare(modules);
  /** @type {(name: string, expect: string | number) => Promise<void>} */
  const check = async (name, expect) => {
    const output = typeof expect === 'string' ? expect : String(-expect);
    for (const given of [modules, prepared]) {
      assert.equal((await new WasmExecutor().executeUserWasm(CALLER, 'execute', name, { modules: given })).output, output, name);
    }
  };
  await check('/tax', '19 %');
  await check('/tax#execute', '19 %');
  await check('/tax#none', CALL_CODES.BrokeTheAbi);
  await check('/poor', CALL_CODES.OutOfGas);
  await check('/bad', CALL_CODES.Rejected);
  await check('/self', CALL_CODES.Cycle);
  await check('/tax/', CALL_CODES.NotFound);
  await check('toString', CALL_CODES.NotFound);
});

test('without modules none is found', async () => {
  const { output } = await new WasmExecutor().executeUserWasm(CALLER, 'execute', '/tax');
  assert.equal(output, String(-CALL_CODES.NotFound));
});

test('modules are checked before anything runs', async () => {
  /** @type {(modules: any, expect: typeof TypeError | typeof RangeError, message: string) => Promise<void>} */
  const check = async (modules, expect, message) => {
    await assert.rejects(new WasmExecutor().executeUserWasm(CALLER, 'execute', '', { modules }), (error) => {
      return error instanceof expect && error.message.startsWith(message);
    });
  };
  await check('/tax', TypeError, 'modules must be an object, not string');
  await check(null, TypeError, 'modules must be an object, not null');
  await check({ '/tax': { wasmBytes: 'text' } }, TypeError, 'modules["/tax"].wasmBytes must be');
  await check({ '/tax': { wasmBytes: CALLER, gasLimit: 0 } }, RangeError, 'modules["/tax"].gasLimit must be');
  await check({ '/tax': { wasmBytes: CALLER, gasLimit: '5' } }, TypeError, 'modules["/tax"].gasLimit must be');
  await check({ '/tax': null }, TypeError, 'modules["/tax"] must be an object, not null');
});

test('a called module that traps leaves its caller running', async () => {
  const traps = wasm(`(module (memory (export "memory") 1)
    (func (export "alloc") (param i32) (result i32) unreachable)
    (func (export "execute") (param i32 i32) (result i32) unreachable))`);
  const modules = { '/traps': { wasmBytes: traps, gasLimit: 500 } };
  const run = await new WasmExecutor().executeUserWasm(CALLER, 'execute', '/traps', { modules });
  assert.equal(run.output, String(-CALL_CODES.Trapped));
  await assert.rejects(new WasmExecutor(1_000).executeUserWasm(CALLER, 'execute', '/traps', { modules }), TrapError);
});

test('an engine that breaks on a called module breaks the whole run', async () => {
  const modules = new Modules(new Map([['/broken', { fault: new FaultError('EngineRejected', 'planted') }]]));
  const run = new WasmExecutor().executeUserWasm(CALLER, 'execute', '/broken', { modules });
  await assert.rejects(run, (error) => error instanceof FaultError && error.detail === 'planted');
  const other = await new WasmExecutor().executeUserWasm(CALLER, 'execute', '/other', { modules });
  assert.equal(other.output, String(-CALL_CODES.NotFound));
});
