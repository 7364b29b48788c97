// A validator call is a validator's name with its arguments, as JSON text, `{"validator": name, "args": [...]}`: the form
// in which one and the same call is put to every lane. The arguments are texts and integers of 64 bits; documents are
// given as text.

import { ValidationError } from '../errors.js';
import { CATALOGUE, snakeCase } from '../catalogue.js';

/** @typedef {import('../catalogue.js').Argument} Argument */
/** @typedef {import('../validators.js').Validators} Validators */

/**
 * Calls a validator by its name in Rust. The answer is text, the same to the byte as Rust's `call` gives: the result as
 * JSON, or `{"difficulty": n}`, or `{"error": text}`.
 * @param {Validators} validators
 * @param {string} text
 * @returns {string}
 * @throws {import('../errors.js').FaultError} if the validators broke
 */
export function callValidator(validators, text) {
  try {
    const { method, args } = readCall(validators, text);
    const answer = /** @type {(...args: (string | bigint)[]) => object | bigint} */ (validators[method])(...args);
    return typeof answer === 'bigint' ? `{"difficulty":${answer}}` : JSON.stringify(answer);
  } catch (error) {
    if (error instanceof ValidationError || error instanceof CallError) return JSON.stringify({ error: error.message });
    throw error;
  }
}

/** A call that is none. Its text is Rust's. */
class CallError extends Error {}

/** @typedef {keyof typeof CATALOGUE | 'computeDifficultyAdjustment'} Method */

/** @type {ReadonlyMap<string, { method: Method, expected: readonly Argument[] }>} */
const METHODS = new Map([
  ...Object.entries(CATALOGUE).map(([method, expected]) => /** @type {const} */ ([
    method === 'validateTransaction' ? 'validate_transaction_deterministic' : snakeCase(method),
    { method: /** @type {Method} */ (method), expected },
  ])),
  ['compute_difficulty_adjustment', { method: 'computeDifficultyAdjustment', expected: [['blocks', 'document']] }],
]);

/**
 * @param {Validators} validators
 * @param {string} text
 * @returns {{ method: Method, args: (string | bigint)[] }}
 */
function readCall(validators, text) {
  const { validator, args } = parse(validators, text);
  if (typeof validator !== 'string' || !Array.isArray(args)) throw new CallError('Call must have a validator and args');
  const known = METHODS.get(validator);
  if (known === undefined) throw new CallError('Unknown validator');
  const { method, expected } = known;
  if (args.length !== expected.length) {
    throw new CallError(`Validator takes ${expected.length} arguments, got ${args.length}`);
  }
  return { method, args: expected.map((argument, index) => readArgument(args[index], argument)) };
}

/**
 * @param {unknown} value
 * @param {Argument} argument
 * @returns {string | bigint}
 */
function readArgument(value, [name, kind]) {
  const rustName = snakeCase(name) + (kind === 'document' ? '_json' : '');
  if (kind !== 'u64') {
    if (typeof value === 'string') return value;
    throw new CallError(`Argument ${rustName} must be a string`);
  }
  const integer = value instanceof Digits && /^\d+$/.test(value.text) ? BigInt(value.text) : -1n;
  if (integer >= 0n && integer < 1n << 64n) return integer;
  throw new CallError(`Argument ${rustName} must be an integer from 0 to 2^64 - 1`);
}

/** A number as it is written: a Number would lose digits of it. */
class Digits {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/** The strings and the numbers of a JSON text. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * The members of a call. What is no JSON is found by the validators' own parser, which JavaScript's is not.
 * @param {Validators} validators
 * @param {string} text
 * @returns {{ validator?: unknown, args?: unknown }}
 */
function parse(validators, text) {
  try {
    validators.hasProperty(text, 'validator');
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    throw new CallError(error.message.replace('Invalid data JSON', 'Invalid call JSON'));
  }
  // Numbers become strings too, and one letter tells which was which.
  const tagged = text.replace(TOKENS, (token) => (token.startsWith('"') ? `"s${token.slice(1)}` : `"n${token}"`));
  const call = JSON.parse(tagged, (_key, value) => {
    if (typeof value !== 'string') return value;
    return value.startsWith('n') ? new Digits(value.slice(1)) : value.slice(1);
  });
  const isRecord = typeof call === 'object' && call !== null && !Array.isArray(call) && !(call instanceof Digits);
  return isRecord ? { validator: call['svalidator'], args: call['sargs'] } : {};
}
