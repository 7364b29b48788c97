import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { ECHO, ECHO_GAS, VIOLATIONS, guest } from './support/guests.js';
import { wasm } from './support/wat.js';
import { WorkerProcess, frame } from './support/worker-process.js';

/** @typedef {import('../src/worker/case.js').Step} Step */

const worker = new WorkerProcess();
/** @type {any} */
let hello;
let lastId = 0;

before(async () => {
  hello = await worker.read();
});
after(async () => {
  assert.equal(await worker.end(), 0);
});

/**
 * @param {Uint8Array} bytes
 * @param {object[]} runs
 * @returns {Promise<any>} the response, without its number
 */
async function ask(bytes, runs) {
  const id = ++lastId;
  worker.write({ id, module: Buffer.from(bytes).toString('base64'), runs });
  const response = await worker.read();
  assert.equal(response.id, id);
  delete response.id;
  return response;
}

/**
 * The steps of one run by exports.
 * @param {Uint8Array} bytes
 * @param {{ export: string, args?: string[], gas?: number }[]} calls
 * @param {number} [start_gas]
 * @returns {Promise<Step[]>}
 */
async function steps(bytes, calls, start_gas = 100_000) {
  const withDefaults = calls.map((call) => ({ args: [], gas: 1000, ...call }));
  const response = await ask(bytes, [{ kind: 'exports', start_gas, calls: withDefaults }]);
  assert.equal(response.fault, undefined);
  return response.observation.runs[0].steps;
}

/**
 * How a function without parameters ends, called alone.
 * @param {string} fields of the module, one function exported as `f`
 * @param {number} [gas]
 */
async function outcome(fields, gas = 1_000_000) {
  const [, step] = await steps(wasm(`(module ${fields})`), [{ export: 'f', gas }]);
  return step?.outcome;
}

/**
 * @param {number[]} bytes
 * @returns {string}
 */
function sha256(...bytes) {
  return digest(new Uint8Array(bytes));
}

/** @param {Uint8Array} bytes */
function digest(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

test('the first frame says which engine this is', () => {
  const { protocol, engine, version, details, validators } = hello;
  assert.deepEqual([protocol, engine, version, validators], [1, 'node', process.versions.node, true]);
  const built = (/** @type {string} */ name) => readFileSync(new URL(`../dist/${name}/${name}_bg.wasm`, import.meta.url));
  assert.deepEqual(details, {
    arch: process.arch,
    meter_sha256: digest(built('meter')),
    validators_sha256: digest(built('validators')),
    v8: process.versions.v8,
  });
});

test('every kind of trap', async () => {
  /** @type {(expect: string, fields: string, gas?: number) => Promise<void>} */
  const check = async (expect, fields, gas) => assert.deepEqual(await outcome(fields, gas), { trapped: expect }, fields);
  const f = (/** @type {string} */ body) => `(func (export "f") ${body})`;
  await check('Unreachable', f('unreachable'));
  await check('OutOfGas', f('(loop br 0)'));
  await check('OutOfGas', f('i32.const 0 drop'), 1);
  await check('CallStackExhausted', '(func $f (export "f") call $f)');
  await check('MemoryOutOfBounds', `(memory 1) ${f('(drop (i32.load (i32.const 65533)))')}`);
  await check('MemoryOutOfBounds', `(memory 1) ${f('(memory.fill (i32.const 65536) (i32.const 0) (i32.const 1))')}`);
  await check('TableOutOfBounds', `(table 1 funcref) ${f('(drop (table.get 0 (i32.const 1)))')}`);
  await check('TableOutOfBounds', `(table 1 funcref) ${f('(call_indirect (i32.const 1))')}`);
  await check(
    'TableOutOfBounds',
    `(table 1 funcref) (elem $e func $f) (func $f (export "f") (table.init $e (i32.const 0) (i32.const 0) (i32.const 2)))`,
  );
  await check('IndirectCallToNull', `(table 1 funcref) ${f('(call_indirect (i32.const 0))')}`);
  await check(
    'BadSignature',
    `(table 1 funcref) (elem (i32.const 0) $f) (func $f (export "f") (call_indirect (param i32) (i32.const 5) (i32.const 0)))`,
  );
  await check('IntegerDivisionByZero', f('(drop (i32.div_s (i32.const 1) (i32.const 0)))'));
  await check('IntegerDivisionByZero', f('(drop (i64.rem_u (i64.const 1) (i64.const 0)))'));
  await check('IntegerOverflow', f('(drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))'));
  await check('IntegerOverflow', f('(drop (i32.trunc_f64_s (f64.const 1e30)))'));
  await check('BadConversionToInteger', f('(drop (i32.trunc_f64_s (f64.const nan)))'));
  await check('GuestAbort', `(import "env" "abort" (func $abort)) ${f('call $abort')}`);
});

test("the metered stack ends before the engine's, whatever the frames hold", async () => {
  /** @type {(count: number, text: (index: number) => string) => string} */
  const repeat = (count, text) => Array.from({ length: count }, (_, index) => text(index)).join(' ');
  const guests = {
    'many parameters': `(func $f (param ${repeat(255, () => 'i64')})
        ${repeat(255, (index) => `(local.get ${index})`)} call $f)
      (func (export "f") ${repeat(255, () => '(i64.const 1)')} call $f)`,
    'many locals': `(func $f (export "f") (local ${repeat(200, () => 'i64')}) call $f
      ${repeat(200, (index) => `(drop (local.get ${index}))`)})`,
    'many operands': `(func $f (export "f") (local i64) ${repeat(300, () => '(local.tee 0 (i64.add (local.get 0) (i64.const 1)))')}
      call $f ${repeat(300, () => 'drop')})`,
    'many results': `(func $f (result ${repeat(64, () => 'f64')}) call $f)
      (func (export "f") call $f ${repeat(64, () => 'drop')})`,
    'calls through a table': `(type $t (func)) (table 2 funcref) (elem (i32.const 0) $g $h) (func (export "f") call $g)
      (func $g (call_indirect (type $t) (i32.const 1))) (func $h (call_indirect (type $t) (i32.const 0)))`,
  };
  for (const [name, fields] of Object.entries(guests)) {
    const calls = Array.from({ length: 20 }, () => ({ export: 'f', gas: 10_000_000 }));
    for (const step of (await steps(wasm(`(module ${fields})`), calls)).slice(1)) {
      assert.deepEqual(step.outcome, { trapped: 'CallStackExhausted' }, name);
    }
  }
});

test('a trap costs the whole limit and leaves the state as it was at the stop', async () => {
  const bytes = wasm(`(module
    (memory 1) (global $g (mut i32) (i32.const 1))
    (func (export "f") (i32.store8 (i32.const 9) (i32.const 7)) (global.set $g (i32.const 2)) unreachable)
    (func (export "g") (result i32) (global.get $g)))`);
  const [, trapped, next] = await steps(bytes, [{ export: 'f', gas: 50 }, { export: 'g', gas: 50 }]);
  assert.deepEqual(trapped, {
    outcome: { trapped: 'Unreachable' },
    gas_used: 50,
    gas_left: 0,
    stack_high_water: 18,
    host_calls: [],
    state: {
      memory: { pages: 1, sha256: sha256(0, 0, 0, 0, 0, 0, 0, 0, 0, 7) },
      globals: ['i32:0x00000002'],
      tables: [],
    },
  });
  assert.deepEqual([next?.outcome, next?.gas_used, next?.gas_left], [{ completed: ['i32:0x00000002'] }, 2, 48]);
});

test('a call succeeds if and only if its limit covers it', async () => {
  const bytes = wasm('(module (func (export "f") (result i32) (i32.add (i32.const 1) (i32.const 2))))');
  const calls = [3, 4, 5, 0].map((gas) => ({ export: 'f', gas }));
  const seen = (await steps(bytes, calls)).slice(1).map(({ outcome, gas_used, gas_left }) => [outcome, gas_used, gas_left]);
  assert.deepEqual(seen, [
    [{ trapped: 'OutOfGas' }, 3, 0],
    [{ completed: ['i32:0x00000003'] }, 4, 0],
    [{ completed: ['i32:0x00000003'] }, 4, 1],
    [{ trapped: 'OutOfGas' }, 0, 0],
  ]);
});

test('nothing is called after a start that trapped', async () => {
  const bytes = wasm('(module (func $s unreachable) (start $s) (func (export "f")))');
  const all = await steps(bytes, [{ export: 'f' }]);
  assert.deepEqual(all.map(({ outcome, gas_used }) => [outcome, gas_used]), [[{ trapped: 'Unreachable' }, 100_000]]);
});

test('segments stay applied up to the one that traps', async () => {
  const bytes = wasm('(module (memory 1) (data (i32.const 1) "a") (data (i32.const 65536) "b"))');
  const [start] = await steps(bytes, []);
  assert.deepEqual(start?.outcome, { trapped: 'MemoryOutOfBounds' });
  assert.deepEqual(start?.state?.memory, { pages: 1, sha256: sha256(0, 0x61) });
  const [poor] = await steps(bytes, [], 3);
  assert.deepEqual([poor?.outcome, poor?.state?.memory?.sha256], [{ trapped: 'OutOfGas' }, sha256()]);
});

test('values keep all their bits', async () => {
  const types = ['i32', 'i64', 'f32', 'f64'];
  const bytes = wasm(`(module
    ${types.map((type) => `(func (export "${type}") (param ${type}) (result ${type}) local.get 0)`).join('\n')}
    (func (export "all") (param i32 f32 i64 f64) (result f64 i64 f32 i32)
      local.get 3 local.get 2 local.get 1 local.get 0)
    (func (export "none")))`);
  const values = [
    ...['i32:0x00000000', 'i32:0x80000000', 'i32:0xffffffff', 'i64:0x8000000000000001', 'i64:0xffffffffffffffff'],
    ...['f32:0x7fc00000', 'f32:0x7fa00001', 'f32:0xffd0abcd', 'f32:0x80000000', 'f32:0x00000001', 'f32:0x7f800000'],
    ...['f64:0x7ff8000000000000', 'f64:0x7ff0000000000001', 'f64:0xfff4dead0000beef', 'f64:0x8000000000000000'],
  ];
  const all = ['i32:0xdeadbeef', 'f32:0x7f800001', 'i64:0x0123456789abcdef', 'f64:0xfff0000000000001'];
  const calls = [...values.map((value) => ({ export: value.slice(0, 3), args: [value] })), { export: 'all', args: all }];
  const seen = (await steps(bytes, [...calls, { export: 'none' }])).slice(1).map(({ outcome }) => outcome);
  assert.deepEqual(seen, [
    ...values.map((value) => ({ completed: [value] })),
    { completed: [...all].reverse() },
    { completed: [] },
  ]);
});

test('globals keep all their bits', async () => {
  const bytes = wasm(`(module
    (global (mut f32) (f32.const nan:0x200001)) (global f64 (f64.const -nan:0x4000000000001))
    (global f32 (f32.const -0)) (global (mut f64) (f64.const 1.5)) (global i64 (i64.const -2)) (global i32 (i32.const -1))
    (global funcref (ref.null func)) (global funcref (ref.func $f)) (global externref (ref.null extern))
    (func) (func $f))`);
  const [start] = await steps(bytes, []);
  assert.deepEqual(start?.state?.globals, [
    ...['f32:0x7fa00001', 'f64:0xfff4000000000001', 'f32:0x80000000', 'f64:0x3ff8000000000000'],
    ...['i64:0xfffffffffffffffe', 'i32:0xffffffff', 'funcref:null', 'funcref:1', 'externref:null'],
  ]);
});

test('references go in, stay and come out', async () => {
  const bytes = wasm(`(module
    (import "env" "abort" (func $abort))
    (table $functions 3 funcref) (table $objects 2 externref)
    (elem declare func $abort $f)
    (func $f (export "function") (param funcref) (result funcref)
      (table.set $functions (i32.const 1) (local.get 0)) (local.get 0))
    (func (export "object") (param externref f32) (result externref f32)
      (table.set $objects (i32.const 0) (local.get 0)) (local.get 0) (local.get 1)))`);
  const seen = await steps(bytes, [
    { export: 'function', args: ['funcref:1'] },
    { export: 'object', args: ['externref:4294967295', 'f32:0x7fa00000'] },
    { export: 'function', args: ['funcref:0'] },
    { export: 'function', args: ['funcref:null'] },
    { export: 'object', args: ['externref:null', 'f32:0x7fa00000'] },
  ]);
  assert.deepEqual(
    seen.map(({ outcome }) => outcome),
    [
      { completed: [] },
      { completed: ['funcref:1'] },
      { completed: ['externref:4294967295', 'f32:0x7fa00000'] },
      { completed: ['funcref:0'] },
      { completed: ['funcref:null'] },
      { completed: ['externref:null', 'f32:0x7fa00000'] },
    ],
  );
  const empty = [sha256(0, 0, 0), sha256(0, 0)];
  const object = sha256(2, 255, 255, 255, 255, 0);
  assert.deepEqual(
    seen.map(({ state }) => state?.tables.map(({ sha256 }) => sha256)),
    [
      empty,
      [sha256(0, 1, 1, 0, 0, 0, 0), empty[1]],
      [sha256(0, 1, 1, 0, 0, 0, 0), object],
      [sha256(0, 1, 0, 0, 0, 0, 0), object],
      [empty[0], object],
      empty,
    ],
  );
});

test('a memory is digested up to its last byte that is not zero', async () => {
  const bytes = wasm(`(module (memory 3)
    (func (export "set") (param i32 i32) (i32.store8 (local.get 0) (local.get 1))))`);
  /** @type {(address: number, value: number) => { export: string, args: string[] }} */
  const set = (address, value) => {
    return { export: 'set', args: [address, value].map((arg) => `i32:0x${arg.toString(16).padStart(8, '0')}`) };
  };
  const places = [0, 1, 3, 4, 65_535, 65_536, 65_538, 131_071, 131_072, 196_607];
  for (const first of places) {
    const lasts = places.filter((last) => last > first);
    const calls = [set(first, 7), ...lasts.flatMap((last) => [set(last, 9), set(last, 0)]), set(first, 0)];
    const seen = (await steps(bytes, calls)).slice(1).map(({ state }) => state?.memory?.sha256);
    const alone = digest(new Uint8Array(first + 1).fill(7, first));
    const both = lasts.flatMap((last) => {
      const used = new Uint8Array(last + 1).fill(9, last);
      used[first] = 7;
      return [digest(used), alone];
    });
    assert.deepEqual(seen, [alone, ...both, sha256()]);
  }
});

test('host calls are logged with the step that made them', async () => {
  const bytes = wasm(`(module
    (import "env" "abort" (func $abort (param i32 i32 i32 i32)))
    (func (export "abort") (call $abort (i32.const 1) (i32.const -1) (i32.const 3) (i32.const 4)))
    (func (export "calm")))`);
  const seen = await steps(bytes, [{ export: 'abort' }, { export: 'calm' }]);
  const logged = ['i32:0x00000001', 'i32:0xffffffff', 'i32:0x00000003', 'i32:0x00000004'];
  assert.deepEqual(
    seen.map(({ host_calls }) => host_calls),
    [[], [{ module: 'env', name: 'abort', args: logged }], []],
  );
});

test('memories and tables grow to their caps', async () => {
  const bytes = wasm(`(module (memory 255) (table 1 funcref)
    (func (export "memory") (result i32) (memory.grow (i32.const 1)))
    (func (export "table") (param i32) (result i32) (table.grow 0 (ref.null func) (local.get 0))))`);
  const seen = await steps(bytes, [
    { export: 'memory' },
    { export: 'memory' },
    { export: 'table', args: ['i32:0x0000ffff'], gas: 100_000 },
    { export: 'table', args: ['i32:0x00000001'] },
  ]);
  assert.deepEqual(
    seen.map(({ outcome, state }) => [Object.values(outcome)[0][0], state?.memory?.pages, state?.tables[0]?.size]),
    [
      [undefined, 255, 1],
      ['i32:0x000000ff', 256, 1],
      ['i32:0xffffffff', 256, 1],
      ['i32:0x00000001', 256, 65_536],
      ['i32:0xffffffff', 256, 65_536],
    ],
  );
});

test('a run by the ABI is one step under one budget', async () => {
  /** @type {(gas: number) => object} */
  const run = (gas) => ({ kind: 'abi', method: 'run', input: 'h\u00e9', gas });
  const { observation } = await ask(ECHO, [run(ECHO_GAS), run(ECHO_GAS + 1), run(ECHO_GAS - 1)]);
  const seen = observation.runs.map((/** @type {{ steps: Step[] }} */ { steps }) => {
    return steps.map(({ outcome, gas_used, gas_left }) => [outcome, gas_used, gas_left]);
  });
  assert.deepEqual(seen, [
    [[{ output: 'h\u00e9' }, ECHO_GAS, 0]],
    [[{ output: 'h\u00e9' }, ECHO_GAS, 1]],
    [[{ trapped: 'OutOfGas' }, ECHO_GAS - 1, 0]],
  ]);
});

test('violations of the ABI are outcomes', async () => {
  for (const { name, bytes, violation } of VIOLATIONS) {
    const { observation } = await ask(bytes, [{ kind: 'abi', method: 'run', input: 'xy', gas: 5000 }]);
    const [step] = observation.runs[0].steps;
    assert.deepEqual(step.outcome, { violated: violation }, name);
    assert.deepEqual([step.gas_used, step.gas_left], [5000, 0], name);
    const before = 'export' in violation;
    assert.equal(step.state === null, before, name);
    assert.equal(step.stack_high_water === 0, before, name);
  }
});

test('a module that is refused has no runs', async () => {
  const { observation } = await ask(wasm('(module (import "env" "random" (func)))'), [
    { kind: 'abi', method: 'run', input: '', gas: 1 },
  ]);
  assert.equal(observation.module.rejected.kind, 'import');
  assert.match(observation.module.rejected.message, /env\.random/);
  assert.deepEqual(observation.runs, []);
});

test('validators are called outside of the module, refused or not', async () => {
  const calls = [
    '{"validator":"amount_in_range","args":[18446744073709551615,1,5]}',
    '{"validator":"compute_difficulty_adjustment","args":["[{\\"timestamp\\":0},{\\"timestamp\\":10,\\"difficulty\\":18446744073709551615}]"]}',
    '{"validator":"num_zero","args":["\\"\\\\ud800\\""]}',
    '{"validator":"none","args":[]}',
  ];
  const answers = [
    '{"valid":false,"gas_used":130,"errors":["Amount 18446744073709551615 is above maximum 5"]}',
    '{"difficulty":18446744073709551615}',
    '{"error":"Invalid value JSON: lone surrogate at line 1 column 2"}',
    '{"error":"Unknown validator"}',
  ];
  for (const bytes of [ECHO, wasm('(module (import "env" "random" (func)))')]) {
    worker.write({ id: 1, module: Buffer.from(bytes).toString('base64'), runs: [], calls });
    assert.deepEqual((await worker.read()).observation.answers, answers);
  }
  worker.write({ id: 2, module: Buffer.from(ECHO).toString('base64'), runs: [], calls: [7] });
  assert.deepEqual((await worker.read()).fault, { kind: 'Usage', detail: 'args and calls must be strings' });
});

test('a module is prepared once while it is recent, and answers the same later', async () => {
  const run = { kind: 'abi', method: 'run', input: '"x"', gas: 10_000 };
  const first = await ask(ECHO, [run]);
  assert.deepEqual(await ask(ECHO, [run]), first);
  for (let index = 0; index < 40; index++) await ask(wasm(`(module (memory ${index}))`), []);
  assert.deepEqual(await ask(ECHO, [run]), first);
});

test('runs are independent, and repeat themselves', async () => {
  const bytes = wasm(`(module (global $n (mut i32) (i32.const 0))
    (func (export "f") (result i32) (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n)))`);
  const run = { kind: 'exports', start_gas: 100, calls: [{ export: 'f', args: [], gas: 100 }] };
  const { observation } = await ask(bytes, [run, run]);
  assert.deepEqual(observation.runs[0], observation.runs[1]);
  assert.deepEqual(observation.runs[0].steps[1].outcome, { completed: ['i32:0x00000001'] });
});

test('what cannot be asked is a fault, and the worker goes on', async () => {
  const bytes = wasm('(module (func (export "f") (param i32)) (memory (export "m") 1))');
  const exports = (/** @type {object} */ call) => ({ kind: 'exports', start_gas: 100, calls: [{ args: [], gas: 1, ...call }] });
  const abi = (/** @type {object} */ run) => ({ kind: 'abi', method: 'run', input: '', gas: 1, ...run });
  /** @type {(run: object, detail: RegExp) => Promise<void>} */
  const check = async (run, detail) => {
    const { fault } = await ask(bytes, [run]);
    assert.equal(fault?.kind, 'Usage', JSON.stringify(run));
    assert.match(fault.detail, detail);
  };
  await check(exports({ export: 'g' }), /exports no function 'g'/);
  await check(exports({ export: 'm' }), /exports no function 'm'/);
  await check(exports({ export: 'modal:start' }), /exports no function/);
  await check(exports({ export: 'f' }), /takes 1 arguments, not 0/);
  await check(exports({ export: 'f', args: ['i64:0x0000000000000000'] }), /takes i32/);
  await check(exports({ export: 'f', args: ['i32:5'] }), /failed to read 'i32:5'/);
  await check(exports({ export: 'f', args: ['i32:0x0'] }), /failed to read/);
  await check(exports({ export: 'f', args: [5] }), /args and calls must be strings/);
  await check(exports({ export: 'f', gas: -1 }), /gas must be a whole number/);
  await check(exports({ export: 'f', gas: '1' }), /gas must be a whole number/);
  await check({ kind: 'other' }, /kind exports or abi/);
  await check(abi({ input: 'a\ud800' }), /well-formed/);
  await check(abi({ input: 'x'.repeat((1 << 20) + 1) }), /at most 1048576 bytes/);
  assert.equal((await ask(ECHO, [])).fault, undefined);
});

test('requests may come in pieces or many at once', async () => {
  const request = (/** @type {number} */ id) => frame({ id, module: Buffer.from(ECHO).toString('base64'), runs: [] });
  const many = Array.from({ length: 300 }, (_, index) => request(index));
  worker.writeBytes(Buffer.concat(many));
  for (let id = 0; id < many.length; id++) assert.equal((await worker.read()).id, id);

  for (const byte of request(7)) worker.writeBytes(Buffer.of(byte));
  assert.equal((await worker.read()).id, 7);

  const long = guest({ run: 'i32.const 0', more: `(data "${'x'.repeat(300_000)}")` });
  assert.equal((await ask(long, [])).fault, undefined);
});

test('broken input ends the worker with a reason', async () => {
  /** @type {(input: Uint8Array) => Promise<number>} */
  const exitCode = async (input) => {
    const other = new WorkerProcess({ quiet: true });
    await other.read();
    other.writeBytes(input);
    return other.end();
  };
  assert.equal(await exitCode(Buffer.alloc(0)), 0);
  assert.equal(await exitCode(Buffer.from([1, 0])), 2);
  assert.equal(await exitCode(Buffer.from([9, 0, 0, 0, 0x7b])), 2);
  assert.equal(await exitCode(Buffer.from([1, 0, 0, 0, 0x7b])), 2);
  assert.equal(await exitCode(Buffer.from([255, 255, 255, 255])), 2);
});
