import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { EXECUTABLE } from '../support/browser.js';
import { FOLDERS, corpusCases } from '../support/corpus.js';
import { goldenCases } from '../support/golden.js';
import { PAGE, WorkerProcess } from '../support/worker-process.js';

/** The corpus as the harness asks it, and calls of validators. */
const requests = [
  ...FOLDERS.flatMap(corpusCases).map(({ module, modules, abi, exports }) => ({
    module: base64(module),
    modules: Object.fromEntries(modules.map(({ name, bytes, gas }) => [name, { bytes: base64(Uint8Array.from(bytes)), gas }])),
    runs: [
      ...abi.map(({ method, input, gas }) => ({ kind: 'abi', method, input, gas })),
      ...exports.map(({ startGas, gas, calls }) => {
        return { kind: 'exports', start_gas: startGas, calls: calls.map((call) => ({ ...call, gas })) };
      }),
    ],
  })),
  { module: '', runs: [], calls: goldenCases().map(({ call }) => call) },
  { module: 'AGFzbQEAAAA=', runs: [{ kind: 'exports', start_gas: 1, calls: [{ export: 'f', args: [], gas: 1 }] }] },
].map((request, id) => ({ id, ...request }));

/** @param {Uint8Array} bytes */
function base64(bytes) {
  return Buffer.from(bytes).toString('base64');
}

/**
 * What a worker says to the requests, all of which it is sent at once.
 * @param {WorkerProcess} worker
 */
async function said(worker) {
  const hello = await worker.read();
  requests.forEach((request) => worker.write(request));
  const answers = [];
  for (const _ of requests) answers.push(await worker.read());
  assert.equal(await worker.end(), 0);
  return { hello, answers };
}

test('a page of Chromium observes what Node does', async () => {
  const [node, chromium] = await Promise.all([
    said(new WorkerProcess()),
    said(new WorkerProcess({ words: [PAGE, 'chromium', EXECUTABLE, '--js-flags=--liftoff-only'] })),
  ]);
  const { protocol, engine, version, flags, details, validators } = chromium.hello;
  assert.deepEqual({ protocol, engine, flags, validators }, { protocol: 1, engine: 'chromium', flags: ['--js-flags=--liftoff-only'], validators: true });
  // Browsers round the version that they tell pages.
  assert.ok(details.agent.includes(`Chrome/${version.split('.')[0]}.`), `${version} is ${details.agent}`);
  for (const digest of ['meter_sha256', 'validators_sha256']) assert.equal(details[digest], node.hello.details[digest]);
  chromium.answers.forEach((answer, index) => assert.deepEqual(answer, node.answers[index]));
  assert.deepEqual(chromium.answers.at(-1).fault.kind, 'Usage');
});

test('a page that cannot go on is the end of the worker', async () => {
  const worker = new WorkerProcess({ quiet: true, words: [PAGE, 'chromium', EXECUTABLE, '--in-worker'] });
  await worker.read();
  worker.writeBytes(Buffer.from([1, 0, 0, 0, 0x7b]));
  assert.equal(await worker.ended(), 2);
  assert.match(worker.complaints, /^the worker stopped: the page stopped: SyntaxError/m);
});
