import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { snakeCase } from '../src/catalogue.js';
import { jsonText } from '../src/document.js';
import { aU64 } from '../src/guards.js';
import { CanonicalError, ValidationError, loadValidators } from '../src/node.js';
import { callValidator } from '../src/worker/validator-call.js';
import { RUNS, anyText, document, u64 } from './support/arbitraries.js';
import { loadGuestValidators } from './support/guest-validators.js';
import { validatorCall } from './support/validator-calls.js';

/** @typedef {import('./support/validator-calls.js').Call} Call */

/** @type {import('../src/node.js').Validators} */
let validators;
/** @type {(call: string) => string} */
let askGuest;

before(async () => {
  [validators, askGuest] = await Promise.all([loadValidators(), loadGuestValidators()]);
});

/**
 * Calls a validator as a user of the package does, and writes down what comes of it.
 * @param {Call} call
 */
function answer({ method, args }) {
  try {
    const result = /** @type {(...args: unknown[]) => object | bigint} */ (validators[method])(...args);
    return typeof result === 'bigint' ? `{"difficulty":${result}}` : JSON.stringify(result);
  } catch (error) {
    if (error instanceof ValidationError) return JSON.stringify({ error: error.message });
    throw error;
  }
}

/**
 * The same call as text.
 * @param {Call} call
 */
function callText({ method, args }) {
  const name = method === 'validateTransaction' ? 'validate_transaction_deterministic' : snakeCase(method);
  const list = args.map((arg) => (typeof arg === 'bigint' ? String(arg) : JSON.stringify(arg)));
  return `{"validator":"${name}","args":[${list.join(',')}]}`;
}

test('the bindings and the guest answer every call alike', () => {
  /** @type {Map<string, number>} */
  const seen = new Map();
  fc.assert(fc.property(validatorCall, (call) => {
    const found = answer(call);
    assert.equal(found, askGuest(callText(call)));
    const kind = /^\{"valid":(true|false)|^\{"(difficulty|error)"/.exec(found)?.slice(1).join('') ?? 'none';
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
  }), { ...RUNS, numRuns: 3000 });
  for (const kind of ['true', 'false', 'error']) assert.ok((seen.get(kind) ?? 0) > 200, `${kind}: ${seen.get(kind)}`);
  assert.ok((seen.get('difficulty') ?? 0) > 10, `difficulty: ${seen.get('difficulty')}`);
});

test('a call as text is answered by the bindings and the guest alike, damaged or not', () => {
  const damaged = fc.tuple(validatorCall, fc.nat(), fc.string({ unit: 'binary', maxLength: 2 })).map(([call, at, put]) => {
    const chars = [...callText(call)];
    chars.splice(at % chars.length, 1, put);
    return chars.join('');
  });
  fc.assert(fc.property(fc.oneof(validatorCall.map(callText), damaged), (text) => {
    assert.equal(callValidator(validators, text), askGuest(text));
  }), { ...RUNS, numRuns: 1000 });
});

test('long texts and documents are answered alike', () => {
  const size = 1_000_000;
  const long = 'aé€\u{1f980}'.repeat(size / 10);
  /** @type {Call[]} */
  const calls = [
    { method: 'textLengthEq', args: [long, BigInt(size)] },
    { method: 'textContains', args: ['ab'.repeat(size / 20), 'aba'.repeat(size / 40)] },
    { method: 'hasProperty', args: [`{"a":"${long.slice(0, -9)}"}`, 'a'] },
    { method: 'hasProperty', args: [`{"a":"${long.slice(0, -9)}`, 'a'] },
    { method: 'numGt', args: ['9'.repeat(300), '0.'.padEnd(size / 2, '1')] },
    { method: 'computeDifficultyAdjustment', args: [`[${Array.from({ length: 30_000 }, (_, n) => `{"timestamp":${n * 9}}`).join(',')}]`] },
    { method: 'sha256Matches', args: ['\u{10ffff}'.repeat(50_000), '0'.repeat(64)] },
  ];
  for (const call of calls) assert.equal(answer(call), askGuest(callText(call)), call.method);
});

test('values and their texts are the same documents', () => {
  fc.assert(fc.property(document, (value) => {
    // A string is a text already.
    const given = typeof value === 'string' ? [value] : value;
    assert.equal(answer({ method: 'hasProperty', args: [/** @type {any} */ (given), 'a'] }), answer({
      method: 'hasProperty',
      args: [JSON.stringify(given), 'a'],
    }));
  }), RUNS);
});

test('a value is written as JSON.stringify writes it, and BigInts as the Numbers that they are', () => {
  const leaf = fc.oneof(anyText, fc.constantFrom('n', 'n5', 's', 's"n5', '":', '"n1":'), fc.double(), fc.maxSafeInteger().map(BigInt));
  const key = fc.oneof(anyText, fc.constant('n5'));
  const { value } = fc.letrec(/** @type {fc.LetrecTypedBuilder<{ value: unknown }>} */ ((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value')), fc.dictionary(key, tie('value'))),
  })));
  let exact = 0;
  fc.assert(fc.property(value, (value) => {
    const written = jsonText(value, 'value');
    assert.equal(written, JSON.stringify(value, (_key, value) => (typeof value === 'bigint' ? Number(value) : value)));
    try {
      JSON.stringify(value);
    } catch {
      exact += 1;
    }
  }), RUNS);
  assert.ok(exact > RUNS.numRuns / 5, `${exact} values had a BigInt`);
  for (const boxed of [Object('n5'), Object('s')]) assert.equal(jsonText([boxed, 1n], 'value'), JSON.stringify([boxed, 1]));
});

test('an integer of 64 bits is taken as it is, or named in the error', () => {
  const numbers = fc.oneof(fc.double(), fc.maxSafeInteger(), fc.integer({ min: -3, max: 3 }));
  fc.assert(fc.property(fc.oneof(u64, fc.bigInt(), numbers, fc.anything()), (value) => {
    const isInteger = typeof value === 'bigint' || Number.isSafeInteger(value);
    if (!isInteger) return assert.throws(() => aU64(value, 'amount'), { name: 'TypeError', message: /^amount must be / });
    const integer = BigInt(/** @type {number | bigint} */ (value));
    if (BigInt.asUintN(64, integer) === integer) return assert.equal(aU64(value, 'amount'), integer);
    assert.throws(() => aU64(value, 'amount'), { name: 'RangeError', message: /^amount must be from 0 to 2\^64 - 1, / });
  }), { ...RUNS, numRuns: 2000 });
});

test('what a lone surrogate is in is refused, whichever text it is', () => {
  let refused = 0;
  fc.assert(fc.property(anyText, anyText, (text, expected) => {
    const lone = /\p{Surrogate}/u.test(text + ' ' + expected);
    if (!lone) return assert.equal(validators.textEquals(text, expected).valid, text === expected);
    refused += 1;
    assert.throws(() => validators.textEquals(text, expected), { name: 'TypeError', message: /must be well-formed text/ });
  }), RUNS);
  assert.ok(refused > RUNS.numRuns / 10, `${refused} calls had a lone surrogate`);
});

test('canonical JSON is what an independent implementation writes', () => {
  let refused = 0;
  fc.assert(fc.property(document, (value) => {
    // Infinities and NaN are null in JSON, which is what is to be written.
    const json = JSON.stringify(value);
    if (/\\ud[89a-f]/.test(json)) {
      refused += 1;
      return assert.throws(() => validators.jsonStringifyDeterministic(value), CanonicalError);
    }
    const found = validators.jsonStringifyDeterministic(value);
    assert.equal(found, canonicalize(JSON.parse(json)));
    assert.equal(validators.jsonCanonicalize(found), found);
    assert.deepEqual(JSON.parse(found), JSON.parse(json.replaceAll(/(?<=[[:,]|^)-0(?=[\],}]|$)/g, '0')));
  }), { ...RUNS, numRuns: 2000 });
  assert.ok(refused > 50, `${refused} documents had a lone surrogate`);
});

test('an integer is written as itself, or refused', () => {
  const near = fc.tuple(u64, fc.integer({ min: -2, max: 2 })).map(([integer, by]) => integer + BigInt(by));
  const round = fc.tuple(fc.bigInt({ min: -999n, max: 999n }), fc.nat(30)).map(([digits, zeros]) => digits * 10n ** BigInt(zeros));
  let written = 0;
  fc.assert(fc.property(fc.oneof(near, round, fc.bigInt()), (integer) => {
    if (canonicalize(Number(integer)) === String(integer)) {
      written += 1;
      return assert.equal(validators.jsonStringifyDeterministic(integer), String(integer));
    }
    assert.throws(() => validators.jsonStringifyDeterministic(integer), {
      name: 'CanonicalError',
      message: `failed to write the integer ${integer}: its canonical text would be another integer`,
    });
  }), { ...RUNS, numRuns: 2000 });
  assert.ok(written > 300 && written < 1900, `${written} integers were written`);
});
