// The catalogue is the one list of the built-in validators: what each checks and what it takes. Its methods are declared
// for people and their editors, its table is what they are made from, and the one has to agree with the other.

/**
 * An amount, a time or a length: an integer from 0 to 2^64 - 1, as a Number only if it is safe.
 * @typedef {number | bigint} U64
 */

/**
 * What a validator found.
 * @typedef {object} ValidationResult
 * @property {boolean} valid whether every rule is kept
 * @property {number} gas_used validation gas, which has nothing to do with an executor's limit
 * @property {string[]} errors the rules that are broken, in the validator's order
 */

/**
 * The validators that give a result. An argument of type `unknown` is a document: a string is JSON text and is passed
 * as it is, anything else as `JSON.stringify` writes it, BigInts as integers. Hashes, keys and signatures are in hex.
 * Lengths are of UTF-8 bytes, and times in seconds. A document that is no JSON throws a `ValidationError`.
 * @typedef {object} ValidatorMethods
 *
 * @property {(tx: unknown, params: unknown) => ValidationResult} validateTransaction
 *   A transaction, `{"amount", "to"}`, under a network's parameters, `{"min_amount"?}`.
 * @property {(contractId: string, path: string, value: unknown, state: unknown) => ValidationResult} validatePostAction
 *   A value that is posted to a path of a contract. A value that is no JSON breaks a rule and throws nothing.
 * @property {(from: string, to: string, amount: U64, state: unknown) => ValidationResult} validateAssetTransfer
 *   A transfer, against the sender's state, `{"balance"}`.
 *
 * @property {(message: string, signer: string, signature: string) => ValidationResult} signedBy
 *   An ed25519 signature of a message in hex.
 * @property {(message: string, signers: unknown, signatures: unknown) => ValidationResult} anySigned
 *   One of the signers, a list of public keys, or more signed the message. Signatures are a list of `{"signer",
 *   "signature"}`.
 * @property {(message: string, signers: unknown, signatures: unknown) => ValidationResult} allSigned
 *   Every one of the signers signed the message.
 * @property {(message: string, required: U64, signers: unknown, signatures: unknown) => ValidationResult} threshold
 *   So many of the signers, or more, signed the message.
 * @property {(attestation: unknown, expectation: unknown) => ValidationResult} oracleAttests
 *   An oracle's attestation, `{"oracle_pubkey", "claim", "value", "contract_id", "timestamp", "signature"}`, against
 *   what is expected of it, `{"claim", "value"?, "contract_id", "trusted_oracles", "now", "max_age"?}`.
 *
 * @property {(amount: U64, minimum: U64, maximum: U64) => ValidationResult} amountInRange
 *   An amount in a range, ends included.
 * @property {(balance: U64, amount: U64) => ValidationResult} balanceSufficient
 *   A balance that covers an amount.
 *
 * @property {(data: unknown, path: string) => ValidationResult} hasProperty
 *   A document has the property at a dotted path.
 * @property {(commit: unknown, path: string) => ValidationResult} postToPath
 *   A commit, `{"body": [{"method", "path"}, …]}`, posts to exactly this path.
 * @property {(commit: unknown, path: string) => ValidationResult} modifies
 *   A commit writes to this path or below it.
 *
 * @property {(timestamp: U64, deadline: U64) => ValidationResult} timestampBefore
 *   A time before a deadline.
 * @property {(timestamp: U64, moment: U64) => ValidationResult} timestampAfter
 *   A time after a moment.
 * @property {(timestamp: U64, start: U64, end: U64) => ValidationResult} timestampWithin
 *   A time in a window, ends included.
 * @property {(timestamp: U64, target: U64, tolerance: U64) => ValidationResult} timestampNear
 *   A time at most so many seconds from a target.
 * @property {(deadline: U64, now: U64) => ValidationResult} timestampExpired
 *   A deadline that has passed.
 *
 * @property {(text: string, hash: string) => ValidationResult} sha256Matches
 *   A hash is the SHA-256 of a text.
 * @property {(left: string, right: string) => ValidationResult} hashEquals
 *   Two hashes are the same.
 * @property {(hash: string) => ValidationResult} hashFormat
 *   A text has the form of a SHA-256.
 * @property {(commitment: string, preimage: string, salt: string) => ValidationResult} commitmentVerify
 *   A commitment is the SHA-256 of a preimage and a salt, one after the other.
 *
 * @property {(text: string, expected: string) => ValidationResult} textEquals
 *   Two texts are the same.
 * @property {(text: string, expected: string) => ValidationResult} textEqualsIgnoreCase
 *   Two texts are the same but for the case of the letters A to Z.
 * @property {(text: string, expected: string) => ValidationResult} textContains
 *   A text contains another one.
 * @property {(text: string, expected: string) => ValidationResult} textStartsWith
 *   A text starts with another one.
 * @property {(text: string, expected: string) => ValidationResult} textEndsWith
 *   A text ends with another one.
 * @property {(text: string) => ValidationResult} textIsEmpty
 *   A text is empty.
 * @property {(text: string) => ValidationResult} textNotEmpty
 *   A text is not empty.
 * @property {(text: string, length: U64) => ValidationResult} textLengthEq
 *   A text has so many bytes.
 * @property {(text: string, length: U64) => ValidationResult} textLengthGt
 *   A text has more bytes than this.
 * @property {(text: string, length: U64) => ValidationResult} textLengthLt
 *   A text has fewer bytes than this.
 *
 * @property {(left: unknown, right: unknown) => ValidationResult} numEquals
 *   Two numbers are equal, as exact decimals.
 * @property {(left: unknown, right: unknown) => ValidationResult} numGt
 *   The left number is greater than the right one.
 * @property {(left: unknown, right: unknown) => ValidationResult} numGte
 *   The left number is greater, or equal.
 * @property {(left: unknown, right: unknown) => ValidationResult} numLt
 *   The left number is less than the right one.
 * @property {(left: unknown, right: unknown) => ValidationResult} numLte
 *   The left number is less, or equal.
 * @property {(value: unknown, minimum: unknown, maximum: unknown) => ValidationResult} numBetween
 *   A number in a range, ends included.
 * @property {(value: unknown) => ValidationResult} numPositive
 *   A number above zero.
 * @property {(value: unknown) => ValidationResult} numNegative
 *   A number below zero.
 * @property {(value: unknown) => ValidationResult} numZero
 *   Zero, of either sign.
 *
 * @property {(value: unknown) => ValidationResult} boolIsTrue
 *   The boolean true.
 * @property {(value: unknown) => ValidationResult} boolIsFalse
 *   The boolean false.
 * @property {(left: unknown, right: unknown) => ValidationResult} boolEquals
 *   Two booleans are the same.
 * @property {(left: unknown, right: unknown) => ValidationResult} boolNot
 *   Two booleans are each other's negation.
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
 * A name as Rust writes it.
 * @param {string} name
 */
export function snakeCase(name) {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
