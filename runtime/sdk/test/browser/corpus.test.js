import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { folder, serve } from '../../scripts/static-server.js';
import * as sdk from '../../src/node.js';
import { Browser } from '../support/browser.js';
import { callOutcomes } from '../support/calls.js';
import { TOPICS, corpusCases } from '../support/corpus.js';
import { runOutcome, validationOutcome } from '../support/outcome.js';

/** @typedef {Awaited<ReturnType<typeof serve>>} Server */

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = fileURLToPath(new URL('pages/', import.meta.url));

const cases = TOPICS.flatMap(corpusCases);

/** Every kind of trap: the texts by which Chromium names them may be other than Node's. */
const TRAPS = [
  ...['BadConversionToInteger', 'BadSignature', 'CallStackExhausted', 'GuestAbort', 'IndirectCallToNull'],
  ...['IntegerDivisionByZero', 'IntegerOverflow', 'MemoryOutOfBounds', 'OutOfGas', 'TableOutOfBounds', 'Unreachable'],
];

/** @type {Browser} */
let browser;
/** @type {Server} */
let server;
/** @type {string} */
let bundle;

before(async () => {
  bundle = mkdtempSync(join(tmpdir(), 'sdk-bundle-'));
  await build({
    entryPoints: [join(PAGES, 'bundled.js'), join(PAGES, 'bundled.html')],
    outdir: bundle,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    loader: { '.wasm': 'file', '.html': 'copy' },
    logLevel: 'warning',
  });
  server = await serve([
    { prefix: '/bundle/', read: folder(bundle) },
    { prefix: '/', read: folder(PACKAGE) },
  ]);
  browser = await Browser.launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(bundle, { recursive: true, force: true });
});

test('the corpus has what this test is about', () => {
  const lines = cases.flatMap(({ abi, exports }) => [...abi, ...exports]).flatMap(({ expect }) => expect);
  const kinds = new Set(lines.flatMap((line) => /: (output|completed|violated|trapped \w+)/.exec(line)?.[1] ?? []));
  assert.deepEqual([...kinds].sort(), ['completed', 'output', ...TRAPS.map((kind) => `trapped ${kind}`), 'violated']);
  assert.ok(lines.length >= 800, `${lines.length} calls`);
  assert.ok(cases.filter(({ rejected }) => rejected !== null).length >= 50);
});

test('Node sees what the corpus expects', async () => {
  for (const { name, module, abi, exports, rejected } of cases) {
    const validation = await validationOutcome(sdk, module);
    assert.equal(validation, rejected ?? 'accepted', name);
    for (const run of abi) assert.equal(await runOutcome(sdk, module, run), run.expect, name);
    for (const run of exports) assert.deepEqual(await callOutcomes(module, run), run.expect, name);
  }
});

for (const [kind, path] of [['an unbundled', '/test/browser/pages/unbundled.html'], ['a bundled', '/bundle/bundled.html']]) {
  test(`Chromium sees what the corpus expects, in ${kind} page`, async () => {
    const seen = await browser.visit(server.origin + path, async (page) => {
      await page.waitForFunction(() => 'run' in globalThis);
      return page.evaluate(seeAll, cases.map((each) => ({ ...each, module: [...each.module] })));
    });
    assert.deepEqual(seen, cases.map(({ name, abi, exports, rejected }) => ({
      name,
      validation: rejected ?? 'accepted',
      abi: abi.map(({ expect }) => expect),
      exports: exports.map(({ expect }) => expect),
    })));
  });
}

/**
 * Runs in the page.
 * @param {(Omit<import('../support/corpus.js').CorpusCase, 'module'> & { module: number[] })[]} cases
 */
async function seeAll(cases) {
  const { run, call, validate } = /** @type {any} */ (globalThis);
  const seen = [];
  for (const { name, module, abi, exports } of cases) {
    seen.push({
      name,
      validation: await validate(module),
      abi: await Promise.all(abi.map((each) => run(module, each))),
      exports: await Promise.all(exports.map((each) => call(module, each))),
    });
  }
  return seen;
}
