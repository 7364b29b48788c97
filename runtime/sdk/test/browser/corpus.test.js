import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { after, before, test } from 'node:test';
import * as sdk from '../../src/node.js';
import { callOutcomes } from '../support/calls.js';
import { FOLDERS, corpusCases } from '../support/corpus.js';
import { runOutcome, validationOutcome } from '../support/outcome.js';
import { KINDS, Pages } from '../support/pages.js';

const cases = FOLDERS.flatMap(corpusCases);

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
  assert.ok(cases.filter(({ name }) => name.endsWith('.case')).length >= 19, 'modules in files of their own');
});

test('Node sees what the corpus expects', async () => {
  for (const { name, module, modules, abi, exports, rejected } of cases) {
    const validation = await validationOutcome(sdk, module);
    assert.equal(validation, rejected ?? 'accepted', name);
    for (const run of abi) assert.equal(await runOutcome(sdk, module, run, modules), run.expect, name);
    for (const run of exports) assert.deepEqual(await callOutcomes(module, run, modules), run.expect, name);
  }
});

for (const [kind, path] of KINDS) {
  test(`Chromium sees what the corpus expects, in ${kind} page`, async () => {
    const seen = await pages.evaluate(path, seeAll, cases.map((each) => ({ ...each, module: base64(each.module) })));
    assert.deepEqual(seen, cases.map(({ name, abi, exports, rejected }) => ({
      name,
      validation: rejected ?? 'accepted',
      abi: abi.map(({ expect }) => expect),
      exports: exports.map(({ expect }) => expect),
    })));
  });
}

/**
 * Bytes as a text: what goes to a page goes as JSON, and a list of numbers takes a minute there.
 * @param {Uint8Array} bytes
 */
function base64(bytes) {
  return Buffer.from(bytes).toString('base64');
}

/**
 * Runs in the page.
 * @param {(Omit<import('../support/corpus.js').CorpusCase, 'module'> & { module: string })[]} cases
 */
async function seeAll(cases) {
  const { run, call, validate } = /** @type {any} */ (globalThis);
  const seen = [];
  for (const { name, module: base64, modules, abi, exports } of cases) {
    const module = Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
    seen.push({
      name,
      validation: await validate(module),
      abi: await Promise.all(abi.map((each) => run(module, each, modules))),
      exports: await Promise.all(exports.map((each) => call(module, each, modules))),
    });
  }
  return seen;
}
