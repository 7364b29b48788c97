import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '../../src/node.js';
import { callOutcomes } from '../support/calls.js';
import { TOPICS, corpusCases } from '../support/corpus.js';
import { runOutcome, validationOutcome } from '../support/outcome.js';
import { KINDS, Pages } from '../support/pages.js';

const cases = TOPICS.flatMap(corpusCases);

/** Every kind of trap: the texts by which Chromium names them may be other than Node's. */
const TRAPS = [
  ...['BadConversionToInteger', 'BadSignature', 'CallStackExhausted', 'GuestAbort', 'IndirectCallToNull'],
  ...['IntegerDivisionByZero', 'IntegerOverflow', 'MemoryOutOfBounds', 'OutOfGas', 'TableOutOfBounds', 'Unreachable'],
];

/** @type {Pages} */
let pages;

before(async () => {
  pages = await Pages.open();
});

after(() => pages?.close());

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

for (const [kind, path] of KINDS) {
  test(`Chromium sees what the corpus expects, in ${kind} page`, async () => {
    const seen = await pages.evaluate(path, seeAll, cases.map((each) => ({ ...each, module: [...each.module] })));
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
