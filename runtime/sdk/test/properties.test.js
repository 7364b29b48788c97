import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAX_GAS_LIMIT, aGasLimit, aString, bytes, inputBytes } from '../src/guards.js';
import { WasmExecutor } from '../src/node.js';
import { FrameReader, writeFrame } from '../src/worker/frames.js';
import { parseValue, valueText } from '../src/worker/values.js';
import { RUNS, anyText, document } from './support/arbitraries.js';
import { ECHO, ECHO_GAS } from './support/guests.js';

test('a gas limit is taken as it is, or named in the error', () => {
  fc.assert(fc.property(fc.oneof(fc.anything(), fc.double(), fc.integer({ min: -5, max: MAX_GAS_LIMIT + 5 })), (value) => {
    const fits = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_GAS_LIMIT;
    if (fits) return assert.equal(aGasLimit(value, 'gasLimit'), value);
    const name = typeof value === 'number' ? 'RangeError' : 'TypeError';
    assert.throws(() => aGasLimit(value, 'gasLimit'), { name, message: /^gasLimit must be / });
  }), RUNS);
});

test('strings and bytes are taken as they are, and nothing else is', () => {
  fc.assert(fc.property(fc.anything({ withTypedArray: true }), (value) => {
    if (typeof value === 'string') assert.equal(aString(value, 'method'), value);
    else assert.throws(() => aString(value, 'method'), { name: 'TypeError', message: /^method must be a string/ });
    if (value instanceof Uint8Array) assert.equal(bytes(value, 'wasmBytes'), value);
    else assert.throws(() => bytes(value, 'wasmBytes'), { name: 'TypeError', message: /^wasmBytes must be / });
  }), RUNS);
});

test('a text is encoded without loss, or refused for a lone surrogate', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let refused = 0;
  fc.assert(fc.property(anyText, (text) => {
    if (!/\p{Surrogate}/u.test(text)) return assert.equal(decoder.decode(inputBytes(text, 'args')), text);
    refused += 1;
    assert.throws(() => inputBytes(text, 'args'), { name: 'TypeError', message: /^args must be well-formed/ });
  }), RUNS);
  assert.ok(refused > RUNS.numRuns / 20, `${refused} texts had a lone surrogate`);
});

test('a document goes through a guest and comes back, at the same gas', async () => {
  const executor = new WasmExecutor(ECHO_GAS);
  await fc.assert(fc.asyncProperty(document, async (value) => {
    // A string is passed as it is; this is about documents.
    const args = typeof value === 'string' ? [value] : value;
    const { output, gas_used } = await executor.executeUserWasm(ECHO, 'run', args);
    assert.equal(output, JSON.stringify(args));
    assert.equal(gas_used, ECHO_GAS);
  }), { ...RUNS, numRuns: 200 });
});

test('a text goes through a guest and comes back, or is refused before anything runs', async () => {
  const executor = new WasmExecutor(ECHO_GAS);
  await fc.assert(fc.asyncProperty(anyText, async (text) => {
    const run = executor.executeUserWasm(ECHO, 'run', text);
    if (/\p{Surrogate}/u.test(text)) await assert.rejects(run, { name: 'TypeError' });
    else assert.equal((await run).output, text);
  }), { ...RUNS, numRuns: 200 });
});

test('frames are read as they were written, however many and however long', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sdk-frames-'));
  const path = join(folder, 'frames');
  const long = fc.integer({ min: 60_000, max: 140_000 }).map((length) => 'é'.repeat(length));
  try {
    fc.assert(fc.property(fc.array(fc.oneof({ weight: 9, arbitrary: document }, { weight: 1, arbitrary: long })), (values) => {
      writeFileSync(path, '');
      const descriptor = openSync(path, 'r+');
      try {
        for (const value of values) writeFrame(descriptor, value);
      } finally {
        closeSync(descriptor);
      }
      const input = openSync(path, 'r');
      try {
        const reader = new FrameReader(input);
        for (const value of values) assert.deepEqual(reader.read(), JSON.parse(JSON.stringify(value)));
        assert.equal(reader.read(), undefined);
      } finally {
        closeSync(input);
      }
    }), { ...RUNS, numRuns: 100 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('values are written as they are read, in every bit', () => {
  const none = { byIndex: () => assert.fail(), indexOf: () => assert.fail() };
  for (const type of /** @type {const} */ (['i32', 'i64', 'f32', 'f64'])) {
    const width = type.endsWith('32') ? 32 : 64;
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n }), (bits) => {
      const text = `${type}:0x${bits.toString(16).padStart(width / 4, '0')}`;
      assert.equal(valueText(parseValue(text, type, none), type, none), text);
    }), RUNS);
  }
});
