// Calls of validators, as a hostile caller would make them: documents that are nearly what a validator reads, and texts
// that are nearly JSON.

import fc from 'fast-check';
import { CATALOGUE } from '../../src/catalogue.js';
import { u64, wellFormedText } from './arbitraries.js';

/** @typedef {keyof typeof CATALOGUE | 'computeDifficultyAdjustment'} Method */
/** @typedef {{ method: Method, args: (string | bigint)[] }} Call */

const METHODS = /** @type {Method[]} */ ([...Object.keys(CATALOGUE), 'computeDifficultyAdjustment']);

/** A key of ed25519 with its signatures of nothing and of a message, and the hash of nothing: now and then they fit. */
const hex = fc.oneof(
  fc.constantFrom(
    '',
    '617070726f7665207472616e736665722037',
    '8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c',
    '778cda0634c021fae8b1a9fa655ba13230f6fcfc5c5d519afb0872ec9bf1d64241cc3eed8ad47270d86d30e762ad17677c6fb1797e35bca7eba30388257e020f',
    '2e618c780a78a946dd6921bdc16bce74034d60e1f991bfa7300e64cb7e5997d60d10540369e09f2c9999212bde540ab0b2a18a36bca577dc31f85ff77cfc0900',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  ),
  fc.stringMatching(/^[0-9a-fA-F]{60,66}$/),
);

const text = fc.oneof(
  wellFormedText,
  hex,
  fc.constantFrom('', 'a', 'A', 'ab', 'é', '/', '/a', '//a/', 'a.b', 'amount', 'body', '\u{1f980}'),
);

/** Numbers as JSON may have them, longer, larger and more exact than any Number, and some that JSON has not. */
const numberText = fc.oneof(
  fc.oneof(u64, fc.bigInt(), fc.double()).map(String),
  fc.stringMatching(/^-?(0|[1-9]\d{0,30})(\.\d{1,25})?([eE][+-]?\d{1,11})?$/),
  fc.constantFrom('-0', '0.0', '1.0', '1e0', '1e400', '1e-400', '1e9999999999', '01', '1.', '.5', '+1', 'NaN'),
);

const scalar = fc.oneof(
  fc.constantFrom('true', 'false', 'null', '""', '"\\ud800"', '"\\ud83d\\ude00"', '"\\u0061"'),
  fc.oneof(wellFormedText, hex).map(quoted),
  numberText,
);

const key = fc.oneof(fc.constantFrom('a', 'b', 'amount', 'to', 'balance', 'body', '\u{1f980}'), wellFormedText);

/** JSON of any form; a key may come twice. */
const { json } = fc.letrec(/** @type {fc.LetrecTypedBuilder<{ json: string }>} */ ((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('json'), { maxLength: 5 }).map(list),
    fc.array(fc.tuple(key, tie('json')), { maxLength: 5 }).map(record),
  ),
})));

/** What is expected in the fields that validators read. */
const FIELDS = {
  amount: u64.map(String),
  min_amount: u64.map(String),
  to: fc.constantFrom('"addr123"', '""', `"${'é'.repeat(129)}"`),
  balance: u64.map(String),
  body: fc.array(fc.constantFrom(
    '{"method":"post","path":"/a/b"}',
    '{"method":"repost","path":"//a"}',
    '{"method":"post","path":"/ab"}',
    '{"path":"/a"}',
  ), { maxLength: 3 }).map(list),
  signer: hex.map(quoted),
  signature: hex.map(quoted),
  oracle_pubkey: hex.map(quoted),
  claim: fc.constantFrom('"delivered"', '"lost"'),
  value: fc.constantFrom('"a"', '"b"'),
  contract_id: fc.constantFrom('"a"', '"b"'),
  trusted_oracles: fc.array(hex.map(quoted), { maxLength: 3 }).map(list),
  timestamp: u64.map(String),
  difficulty: u64.map(String),
  now: u64.map(String),
  max_age: u64.map(String),
};

/**
 * A document with these fields, but for one that may be missing, and with anything where something is expected.
 * @param {(keyof typeof FIELDS)[]} names
 */
const fields = (...names) => fc.subarray(names, { minLength: names.length - 1 }).chain((present) => {
  const members = present.map((name) => {
    const value = fc.oneof({ weight: 5, arbitrary: FIELDS[name] }, { weight: 1, arbitrary: json });
    return fc.tuple(fc.constant(name), value);
  });
  return fc.tuple(...members).map(record);
});

/** Documents of the forms that validators read. */
const shaped = fc.oneof(
  fields('amount', 'to'),
  fields('min_amount'),
  fields('balance'),
  fields('body'),
  fields('oracle_pubkey', 'claim', 'value', 'contract_id', 'timestamp', 'signature'),
  fields('claim', 'value', 'contract_id', 'trusted_oracles', 'now', 'max_age'),
  fc.array(fields('timestamp', 'difficulty'), { maxLength: 5 }).map(list),
  fc.array(fields('signer', 'signature'), { maxLength: 3 }).map(list),
  fc.array(hex.map(quoted), { maxLength: 3 }).map(list),
  numberText,
  fc.constantFrom('true', 'false'),
);

/** A text with a character put in, taken out or replaced. */
const damaged = fc.tuple(fc.oneof(json, shaped), fc.nat(), fc.boolean(), fc.string({ unit: 'binary', maxLength: 1 })).map(
  ([text, at, cut, put]) => {
    const chars = [...text];
    chars.splice(at % (chars.length + 1), Number(cut), put);
    return chars.join('');
  },
);

const deep = fc.integer({ min: 120, max: 135 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth));

export const documentText = fc.oneof(
  { weight: 8, arbitrary: shaped },
  { weight: 4, arbitrary: json },
  { weight: 3, arbitrary: damaged },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: wellFormedText },
);

const ARGUMENTS = { document: documentText, text, u64 };

/** A call of any validator. */
export const validatorCall = fc.constantFrom(...METHODS).chain((method) => {
  const kinds = method === 'computeDifficultyAdjustment' ? ['document'] : CATALOGUE[method].map(([, kind]) => kind);
  const args = /** @type {(keyof typeof ARGUMENTS)[]} */ (kinds).map((kind) => ARGUMENTS[kind]);
  return fc.tuple(.../** @type {fc.Arbitrary<string | bigint>[]} */ (args)).map((args) => ({ method, args }));
});

/** @param {string} text */
function quoted(text) {
  return JSON.stringify(text);
}

/** @param {string[]} items */
function list(items) {
  return `[${items.join(',')}]`;
}

/** @param {[string, string][]} members */
function record(members) {
  return `{${members.map(([key, value]) => `${quoted(key)}:${value}`).join(',')}}`;
}
