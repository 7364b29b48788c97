// A validator says whether a document keeps the rules, and what finding out costs. It is the same code that a node
// runs, compiled to wasm.

import { CATALOGUE, snakeCase } from './catalogue.js';
import { documentText, jsonText } from './document.js';
import { CanonicalError, FaultError, ValidationError } from './errors.js';
import { GlueCalls } from './glue.js';
import { aU64, wellFormed } from './guards.js';
import { compileWasm, loadOnce } from './wasm-source.js';

/** @typedef {import('./catalogue.js').ArgumentKind} ArgumentKind */
/** @typedef {import('./catalogue.js').ValidatorMethods} ValidatorMethods */
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
 * @property {(blocks: unknown) => bigint} computeDifficultyAdjustment
 *   The next difficulty, from a list of blocks, `[{"timestamp", "difficulty"?}, …]`. It can be any u64, so it is a BigInt.
 * @property {(value: unknown) => string} jsonStringifyDeterministic
 *   The one text that a value has, its canonical JSON (RFC 8785). A string is a value here, no document. A value that has
 *   none throws a `CanonicalError`: 2^53 + 1, for one, and a text with a lone surrogate.
 * @property {(text: string) => string} jsonCanonicalize
 *   Rewrites JSON text as canonical JSON. Text says more than a value does, so more is refused with a `CanonicalError`:
 *   duplicate keys, and long integers that have another canonical text.
 */

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
  const calls = new GlueCalls(glue, 'ValidatorsFailed');
  const results = Object.entries(CATALOGUE).map(([name, expected]) => {
    const binding = bound(glue, calls, name, ValidationError);
    return [name, (/** @type {unknown[]} */ ...args) => {
      return binding(...expected.map(([argument, kind], index) => crossing(args[index], kind, argument)));
    }];
  });
  const difficulty = bound(glue, calls, 'computeDifficultyAdjustment', ValidationError);
  const canonicalize = bound(glue, calls, 'jsonStringifyDeterministic', CanonicalError);
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
      return wellFormed(value, name);
    case 'u64':
      return aU64(value, name);
  }
}

/**
 * A function of the bindings that throws what Rust returns as an error as one of this package.
 * @param {Glue} glue
 * @param {GlueCalls} calls
 * @param {string} name
 * @param {new (message: string) => Error} Refusal
 * @returns {(...args: (string | bigint)[]) => any}
 */
function bound(glue, calls, name, Refusal) {
  const binding = glue[`${snakeCase(name)}_wasm`];
  if (binding === undefined) throw new FaultError('Internal', `the validators have no '${name}'`);
  return (...args) => calls.run(() => binding(...args), (thrown) => {
    // Rust's errors are plain ones. A panic, or the end of the memory or the stack, has a class of its own.
    return thrown instanceof Error && thrown.constructor === Error ? new Refusal(thrown.message) : null;
  });
}
