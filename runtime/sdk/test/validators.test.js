import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { loadValidators } from '../src/node.js';
import { CATALOGUE, snakeCase } from '../src/catalogue.js';
import { callValidator } from '../src/worker/validator-call.js';
import { goldenCases, rustCatalogue } from './support/golden.js';

/** @typedef {import('../src/node.js').Validators} Validators */

/** @type {Validators} */
let validators;

before(async () => {
  validators = await loadValidators();
});

test('every golden case is answered as Rust answers it', () => {
  const cases = goldenCases();
  assert.ok(cases.length >= 460, `only ${cases.length} cases were found`);
  for (const { file, call, answer } of cases) assert.equal(callValidator(validators, call), answer, `${file}: ${call}`);
  const called = new Set(cases.map(({ call }) => /^\{"validator":"(\w+)"/.exec(call)?.[1]));
  for (const { name } of rustCatalogue()) assert.ok(called.has(name), name);
});

test('the catalogue has what Rust has, under the same names', () => {
  const found = Object.entries(CATALOGUE).map(([method, args]) => ({
    binding: `${snakeCase(method)}_wasm`,
    args: args.map(([name, kind]) => {
      return { name: snakeCase(name) + (kind === 'document' ? '_json' : ''), type: kind === 'u64' ? 'u64' : '&str' };
    }),
  }));
  assert.deepEqual(found, rustCatalogue().map(({ binding, args }) => ({ binding, args })));
  assert.deepEqual(Object.keys(validators), [
    ...Object.keys(CATALOGUE),
    ...['computeDifficultyAdjustment', 'jsonStringifyDeterministic', 'jsonCanonicalize'],
  ]);
});
