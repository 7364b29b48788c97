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
import { corpusCases } from '../support/corpus.js';
import { runOutcome, validationOutcome } from '../support/outcome.js';

/** @typedef {Awaited<ReturnType<typeof serve>>} Server */

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = fileURLToPath(new URL('pages/', import.meta.url));

const cases = [...corpusCases('abi'), ...corpusCases('rejections')];

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
  const runs = cases.flatMap(({ runs }) => runs);
  for (const word of ['output', 'trapped', 'violated']) {
    assert.ok(runs.filter(({ expect }) => expect.includes(`: ${word} `)).length >= 5, word);
  }
  assert.ok(cases.filter(({ rejected }) => rejected !== null).length >= 50);
});

test('Node sees what the corpus expects', async () => {
  for (const { name, module, runs, rejected } of cases) {
    const validation = await validationOutcome(sdk, module);
    assert.equal(validation, rejected ?? 'accepted', name);
    for (const run of runs) assert.equal(await runOutcome(sdk, module, run), run.expect, name);
  }
});

for (const [kind, path] of [['an unbundled', '/test/browser/pages/unbundled.html'], ['a bundled', '/bundle/bundled.html']]) {
  test(`Chromium sees what the corpus expects, in ${kind} page`, async () => {
    const seen = await browser.visit(server.origin + path, async (page) => {
      await page.waitForFunction(() => 'run' in globalThis);
      return page.evaluate(seeAll, cases.map((each) => ({ ...each, module: [...each.module] })));
    });
    assert.deepEqual(seen, cases.map(({ name, runs, rejected }) => {
      return { name, validation: rejected ?? 'accepted', runs: runs.map(({ expect }) => expect) };
    }));
  });
}

/**
 * Runs in the page.
 * @param {{ name: string, module: number[], runs: { method: string, input: string, gas: number }[] }[]} cases
 */
async function seeAll(cases) {
  const { run, validate } = /** @type {any} */ (globalThis);
  const seen = [];
  for (const { name, module, runs } of cases) {
    const outcomes = [];
    for (const each of runs) outcomes.push(await run(module, each));
    seen.push({ name, validation: await validate(module), runs: outcomes });
  }
  return seen;
}
