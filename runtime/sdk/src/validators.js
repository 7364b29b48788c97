// A validator says whether a document keeps the rules, and what finding out costs. It is the same code that a node
// runs, compiled to wasm.

import { documentText, jsonText } from './document.js';
import { CanonicalError, FaultError, ValidationError } from './errors.js';
import { aString, aU64, wellFormed } from './guards.js';
import { compileWasm, loadOnce } from './wasm-source.js';

/** @typedef {import('./validator-methods.js').ValidatorMethods} ValidatorMethods */
/** @typedef {import('./wasm-source.js').WasmSource} WasmSource */

/**
 * Loads the validators, once: later calls return what the first one loads, whatever source they name. An executor loads
 * them by itself; where the package's own file is out of its reach this has to be called before.
 * @param {WasmSource} [source] the package's own file if there is none
 * @returns {Promise<Validators>}
 * @throws {TypeError} if the source is none
 */
export async function loadValidators(source) {
  return load(source);
}

/**
 * The loaded validators. From here on everything is synchronous.
 * @typedef {Readonly<ValidatorMethods & Computations>} Validators
 */

/**
 * What is computed and not judged.
 * @typedef {object} Computations
 * @property {(blocks: unknown) => bigint} computeDifficultyAdjustment The next difficulty, from a list of blocks,
 *   `[{"timestamp", "difficulty"?}, …]`: any u64, so a BigInt.
 * @property {(value: unknown) => string} jsonStringifyDeterministic The one text that a value has, its canonical JSON
 *   (RFC 8785). A string is a value here. Throws a `CanonicalError` if there is none, as for 2^53 + 1.
 * @property {(text: string) => string} jsonCanonicalize Rewrites JSON text as canonical JSON. Text says more than a value
 *   does: duplicate keys and integers of any length are seen, and refused with a `CanonicalError`.
 */

/**
 * How an argument crosses: as JSON, as text, or as a BigInt.
 * @typedef {'document' | 'text' | 'u64'} ArgumentKind
 */

/** @typedef {readonly [name: string, kind: ArgumentKind]} Argument */

/**
 * The kind of an argument that is declared with a type.
 * @template T
 * @typedef {unknown extends T ? 'document' : T extends string ? 'text' : 'u64'} KindOf
 */

/**
 * The arguments of a validator, each by its name and the kind that its declared type asks for.
 * @template {readonly unknown[]} P
 * @typedef {{ readonly [I in keyof P]: readonly [name: string, kind: KindOf<P[I]>] }} ArgumentsOf
 */

/**
 * Every validator with its arguments, in order.
 * @type {{ readonly [M in keyof ValidatorMethods]: ArgumentsOf<Parameters<ValidatorMethods[M]>> }}
 */
export const CATALOGUE = Object.freeze({
  validateTransaction: [['tx', 'document'], ['params', 'document']],
  validatePostAction: [['contractId', 'text'], ['path', 'text'], ['value', 'document'], ['state', 'document']],
  validateAssetTransfer: [['from', 'text'], ['to', 'text'], ['amount', 'u64'], ['state', 'document']],
  signedBy: [['message', 'text'], ['signer', 'text'], ['signature', 'text']],
  anySigned: [['message', 'text'], ['signers', 'document'], ['signatures', 'document']],
  allSigned: [['message', 'text'], ['signers', 'document'], ['signatures', 'document']],
  threshold: [['message', 'text'], ['required', 'u64'], ['signers', 'document'], ['signatures', 'document']],
  oracleAttests: [['attestation', 'document'], ['expectation', 'document']],
  amountInRange: [['amount', 'u64'], ['minimum', 'u64'], ['maximum', 'u64']],
  balanceSufficient: [['balance', 'u64'], ['amount', 'u64']],
  hasProperty: [['data', 'document'], ['path', 'text']],
  postToPath: [['commit', 'document'], ['path', 'text']],
  modifies: [['commit', 'document'], ['path', 'text']],
  timestampBefore: [['timestamp', 'u64'], ['deadline', 'u64']],
  timestampAfter: [['timestamp', 'u64'], ['moment', 'u64']],
  timestampWithin: [['timestamp', 'u64'], ['start', 'u64'], ['end', 'u64']],
  timestampNear: [['timestamp', 'u64'], ['target', 'u64'], ['tolerance', 'u64']],
  timestampExpired: [['deadline', 'u64'], ['now', 'u64']],
  sha256Matches: [['text', 'text'], ['hash', 'text']],
  hashEquals: [['left', 'text'], ['right', 'text']],
  hashFormat: [['hash', 'text']],
  commitmentVerify: [['commitment', 'text'], ['preimage', 'text'], ['salt', 'text']],
  textEquals: [['text', 'text'], ['expected', 'text']],
  textEqualsIgnoreCase: [['text', 'text'], ['expected', 'text']],
  textContains: [['text', 'text'], ['expected', 'text']],
  textStartsWith: [['text', 'text'], ['expected', 'text']],
  textEndsWith: [['text', 'text'], ['expected', 'text']],
  textIsEmpty: [['text', 'text']],
  textNotEmpty: [['text', 'text']],
  textLengthEq: [['text', 'text'], ['length', 'u64']],
  textLengthGt: [['text', 'text'], ['length', 'u64']],
  textLengthLt: [['text', 'text'], ['length', 'u64']],
  numEquals: [['left', 'document'], ['right', 'document']],
  numGt: [['left', 'document'], ['right', 'document']],
  numGte: [['left', 'document'], ['right', 'document']],
  numLt: [['left', 'document'], ['right', 'document']],
  numLte: [['left', 'document'], ['right', 'document']],
  numBetween: [['value', 'document'], ['minimum', 'document'], ['maximum', 'document']],
  numPositive: [['value', 'document']],
  numNegative: [['value', 'document']],
  numZero: [['value', 'document']],
  boolIsTrue: [['value', 'document']],
  boolIsFalse: [['value', 'document']],
  boolEquals: [['left', 'document'], ['right', 'document']],
  boolNot: [['left', 'document'], ['right', 'document']],
});

/**
 * What wasm-bindgen writes around the validators: a function for each, in snake case.
 * @typedef {Record<string, (...args: (string | bigint)[]) => unknown> & { __wbg_reset_state(): void }} Glue
 */

const load = loadOnce(async (source = { url: ownUrl() }) => {
  const [glue, module] = await Promise.all([import('../dist/validators/validators.js'), compileWasm(source)]);
  glue.initSync({ module });
  return bind(/** @type {any} */ (glue));
});

/** Bundlers that carry files along know them by this form, written out. */
function ownUrl() {
  return new URL('../dist/validators/validators_bg.wasm', import.meta.url);
}

/**
 * The validators as JavaScript calls them. What has no result throws a `ValidationError` with Rust's text.
 * @param {Glue} glue the bindings, initialised
 * @returns {Validators}
 */
function bind(glue) {
  const results = Object.entries(CATALOGUE).map(([name, expected]) => {
    const binding = bound(glue, name, ValidationError);
    return [name, (/** @type {unknown[]} */ ...args) => {
      return binding(...expected.map(([argument, kind], index) => crossing(args[index], kind, argument)));
    }];
  });
  const difficulty = bound(glue, 'computeDifficultyAdjustment', ValidationError);
  const canonicalize = bound(glue, 'jsonStringifyDeterministic', CanonicalError);
  return Object.freeze({
    ...Object.fromEntries(results),
    computeDifficultyAdjustment: (/** @type {unknown} */ blocks) => difficulty(crossing(blocks, 'document', 'blocks')),
    jsonStringifyDeterministic: (/** @type {unknown} */ value) => canonicalize(jsonText(value, 'value')),
    jsonCanonicalize: (/** @type {unknown} */ text) => canonicalize(wellFormed(text, 'text')),
  });
}

/**
 * Checks an argument and gives it the form in which it crosses. Bindings check nothing: they take a BigInt modulo 2^64
 * and make U+FFFD of a lone surrogate.
 * @param {unknown} value
 * @param {ArgumentKind} kind
 * @param {string} name
 * @returns {string | bigint}
 */
function crossing(value, kind, name) {
  switch (kind) {
    case 'document':
      return wellFormed(documentText(value, name), name);
    case 'text':
      return wellFormed(aString(value, name), name);
    case 'u64':
      return aU64(value, name);
  }
}

/**
 * A function of the bindings that throws Rust's errors as an error of this package.
 * @param {Glue} glue
 * @param {string} name
 * @param {new (message: string) => Error} Refusal
 * @returns {(...args: (string | bigint)[]) => any}
 */
function bound(glue, name, Refusal) {
  const binding = glue[`${snakeCase(name)}_wasm`];
  if (binding === undefined) throw new FaultError('Internal', `the validators have no '${name}'`);
  return (...args) => {
    try {
      return binding(...args);
    } catch (error) {
      // What Rust returns is a plain Error. A panic, or the end of the memory or the stack, has a class of its own.
      if (error instanceof Error && Object.getPrototypeOf(error) === Error.prototype) throw new Refusal(error.message);
      // It leaves the validators' memory in the middle of something: the next call starts from a fresh one.
      glue.__wbg_reset_state();
      throw new FaultError('ValidatorsFailed', String(error), { cause: error });
    }
  };
}

/** @param {string} name */
export function snakeCase(name) {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
