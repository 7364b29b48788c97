import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '../../src/node.js';
import { exampleResults } from '../support/example.js';
import { goldenCases } from '../support/golden.js';
import { KINDS, Pages } from '../support/pages.js';

const EXPECTED = {
  transaction: { valid: true, gas_used: 220, errors: [] },
  post: { valid: true, gas_used: 180, errors: [] },
  transfer: { valid: true, gas_used: 220, errors: [] },
};

const golden = goldenCases();

/** @type {Pages} */
let pages;

before(async () => {
  pages = await Pages.open();
});

after(() => pages?.close());

test('Node sees what the README promises', async () => {
  assert.deepEqual(await exampleResults(sdk), EXPECTED);
});

for (const [kind, path] of KINDS) {
  test(`Chromium sees the same, in ${kind} page`, async () => {
    assert.deepEqual(await pages.evaluate(path, () => /** @type {any} */ (globalThis).example(), undefined), EXPECTED);
  });

  test(`Chromium answers every golden case as Rust does, in ${kind} page`, async () => {
    const found = await pages.evaluate(path, (calls) => /** @type {any} */ (globalThis).answers(calls), golden.map(({ call }) => call));
    assert.deepEqual(found, golden.map(({ answer }) => answer));
  });
}

test('a page fetches the wasm that it uses, and no other', async () => {
  const [[, path]] = KINDS;
  const fetched = async (/** @type {string} */ use) => {
    const urls = await pages.evaluate(path, async (use) => {
      const { example, validate } = /** @type {any} */ (globalThis);
      if (use === 'validators') await example();
      if (use === 'meter') await validate([]);
      return performance.getEntriesByType('resource').map(({ name }) => name);
    }, use);
    return urls.flatMap((url) => /\/dist\/.*$/.exec(url)?.[0] ?? []).sort();
  };
  assert.deepEqual(await fetched('none'), []);
  for (const name of ['meter', 'validators']) {
    assert.deepEqual(await fetched(name), [`/dist/${name}/${name}.js`, `/dist/${name}/${name}_bg.wasm`]);
  }
});
