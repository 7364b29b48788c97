import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { NODE } from '../src/worker/node.js';
import { browserOf } from '../src/worker/page/browsers.js';
import { Sha256 } from '../src/worker/page/sha256.js';
import { batches } from '../src/worker/page/streams.js';
import { WEB } from '../src/worker/page/web.js';
import { RUNS } from './support/arbitraries.js';
import { PAGE, WorkerProcess, frame } from './support/worker-process.js';

const FAKE = fileURLToPath(new URL('fixtures/fake-browser.js', import.meta.url));

const parts = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 });

test('a digest in parts is the digest of the whole', () => {
  fc.assert(fc.property(parts, parts, (first, second) => {
    const digest = new Sha256();
    first.forEach((part) => digest.update(part));
    const copy = digest.copy();
    second.forEach((part) => copy.update(part));
    assert.equal(copy.digest(), createHash('sha256').update(Buffer.concat([...first, ...second])).digest('hex'));
    assert.equal(digest.digest(), createHash('sha256').update(Buffer.concat(first)).digest('hex'), 'a copy is one');
  }), RUNS);
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => index);
    assert.equal(new Sha256().update(bytes).digest(), createHash('sha256').update(bytes).digest('hex'), `${length} bytes`);
  }
});

test('a page sees bytes as Node does', () => {
  const words = fc.array(fc.oneof(fc.constant(0), fc.constant(0), fc.constant(0x0100_0000), fc.nat()), { minLength: 1, maxLength: 12 });
  fc.assert(fc.property(words, fc.nat(11), fc.nat(11), (some, one, other) => {
    const bytes = new Uint8Array(Uint32Array.from(some).buffer);
    const [start = 0, end = 0] = [one, other].map((at) => Math.min(4 * at, bytes.length)).sort((a, b) => a - b);
    assert.equal(WEB.isZero(bytes, start, end), NODE.isZero(bytes, start, end));
    assert.equal(NODE.isZero(bytes, start, end), bytes.subarray(start, end).every((byte) => byte === 0));
    const text = Buffer.from(bytes).toString('base64');
    for (const { fromBase64 } of [WEB, NODE]) assert.deepEqual([...fromBase64(text)], [...bytes]);
  }), RUNS);
});

/** @param {readonly Uint8Array[]} chunks */
async function read(chunks) {
  const values = [];
  for await (const some of batches(new ReadableStream({
    start(controller) {
      chunks.forEach((chunk) => controller.enqueue(chunk));
      controller.close();
    },
  }))) values.push(...some);
  return values;
}

test('frames are read however they are cut', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.jsonValue()), fc.array(fc.nat(400)), async (values, cuts) => {
    const bytes = Buffer.concat(values.map(frame));
    const places = [0, ...cuts.map((at) => Math.min(at, bytes.length)), bytes.length].sort((a, b) => a - b);
    const chunks = places.slice(1).map((end, index) => new Uint8Array(bytes.subarray(places[index], end)));
    assert.deepEqual(JSON.stringify(await read(chunks)), JSON.stringify(values));
  }), RUNS);
  await assert.rejects(read([frame('cut').subarray(0, 6)]), { message: 'the input ends within a frame' });
  await assert.rejects(read([Uint8Array.of(1, 0, 0, 0x10)]), { message: /^a frame of 268435457 bytes is longer than/ });
});

test('a browser of another kind, and what Firefox does not take, are refused', () => {
  assert.throws(() => browserOf('lynx'), { message: "a browser is chromium or firefox, not 'lynx'" });
  for (const flag of ['--headless', 'a', 'a=b', 'a="x");\n//=1', '=1']) {
    assert.throws(() => browserOf('firefox').prepare('/nowhere', [flag]), { message: /^Firefox takes NAME=true/ }, flag);
  }
});

/**
 * A worker with a fake browser, and its greeting.
 * @param {string} act
 */
async function start(act) {
  const worker = new WorkerProcess({ quiet: true, words: [PAGE, 'chromium', FAKE, '--in-worker', `--act=${act}`, '--warm-up=3'] });
  return { worker, hello: await worker.read() };
}

/**
 * Waits until nothing is left of a browser. A process may be gone and still be listed for a while.
 * @param {{ pid: number, profile: string }} browser
 */
async function nothingIsLeft({ pid, profile }) {
  for (let tries = 0; tries < 500; tries++) {
    if (!existsSync(profile) && !isAlive(pid)) return;
    await after(20);
  }
  assert.fail(`the browser ${pid} or its profile ${profile} is left`);
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a page reads what the worker reads, and writes what it writes', async () => {
  const { worker, hello } = await start('echo');
  assert.deepEqual(hello.options, {
    warmUps: 3,
    inWorker: true,
    greeting: { engine: 'chromium', version: '1.2.3esr', flags: ['--in-worker', '--act=echo', '--warm-up=3'] },
  });
  assert.equal(hello.home, hello.profile, 'it has no home but its profile');
  const large = 'x'.repeat(3_000_000);
  worker.write({ large });
  worker.write('ü');
  worker.endInput();
  assert.deepEqual(await worker.read(), { large });
  assert.deepEqual(await worker.read(), 'ü');
  assert.equal(await worker.end(), 0);
  await nothingIsLeft(hello);
});

test('a browser or a page that ends is the end of the worker', async () => {
  /** @type {(act: string, expect: RegExp) => Promise<void>} */
  const check = async (act, expect) => {
    const { worker, hello } = await start(act);
    assert.equal(await worker.ended(), 2, act);
    assert.match(worker.complaints, expect);
    await nothingIsLeft(hello);
  };
  await check('stop', /^the worker stopped: the page stopped: the meter is missing$/m);
  await check('lose the page', /^the worker stopped: the page is gone$/m);
  await check('die', /fake-browser\.js ended with code 3; it said: out of paint\nthe worker stopped: the browser is gone$/m);
});

test('a worker that is killed leaves no browser behind', async () => {
  const { worker, hello } = await start('echo');
  assert.ok(isAlive(hello.pid) && existsSync(hello.profile));
  worker.kill();
  await nothingIsLeft(hello);
});

test('a program that is no browser is the end of the worker', async () => {
  const check = async (/** @type {string[]} */ words, /** @type {RegExp} */ expect) => {
    const worker = new WorkerProcess({ quiet: true, words: [PAGE, ...words] });
    assert.equal(await worker.ended(), 2);
    assert.match(worker.complaints, expect);
  };
  await check([], /a browser is chromium or firefox, not ''/);
  await check(['chromium', '/no/such/browser'], /the worker stopped: .*\/no\/such\/browser/);
  await check(['chromium', FAKE, '--warm-up=often'], /the worker takes --warm-up=TIMES/);
});
