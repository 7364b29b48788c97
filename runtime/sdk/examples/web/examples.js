// An example of each validator: what it is about, and arguments that it finds nothing wrong with.

/** @typedef {Exclude<keyof import('../../src/index.js').Validators, 'jsonStringifyDeterministic'>} Method */
/** @typedef {{ about: string, args: readonly string[] }} Example */
/** @typedef {{ label: string, examples: Partial<Record<Method, Example>> }} Group */

const SIGNER = 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025';
const SIGNATURE =
  '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a';
const SIGNERS = json([SIGNER]);
const SIGNATURES = json([{ signer: SIGNER, signature: SIGNATURE }]);

/** The SHA-256 of "abc". */
const HASH = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

const COMMIT = json({ body: [{ method: 'post', path: '/members/alice', value: { role: 'admin' } }] });

/** @type {readonly Group[]} */
export const GROUPS = [
  {
    label: 'Contracts',
    examples: {
      validateTransaction: {
        about: 'A transaction has an amount that is at least the minimum, and a recipient.',
        args: [json({ amount: 100, to: 'addr123' }), json({ min_amount: 1 })],
      },
      validatePostAction: {
        about: 'A value is posted to a path of a contract.',
        args: ['contract123', '/config/value', json({ key: 'value' }), '{}'],
      },
      validateAssetTransfer: {
        about: 'A sender has the balance that a transfer needs.',
        args: ['addr1', 'addr2', '500', json({ balance: 1000 })],
      },
      postToPath: { about: 'A commit posts to exactly this path.', args: [COMMIT, '/members/alice'] },
      modifies: { about: 'A commit writes to this path, or to one below it.', args: [COMMIT, '/members'] },
      hasProperty: {
        about: 'A document has the property at a dotted path.',
        args: [json({ user: { name: 'Ada' } }), 'user.name'],
      },
    },
  },
  {
    label: 'Signatures',
    examples: {
      signedBy: { about: 'A message in hex is signed by this key.', args: ['af82', SIGNER, SIGNATURE] },
      anySigned: { about: 'One of the signers, or more, signed the message.', args: ['af82', SIGNERS, SIGNATURES] },
      allSigned: { about: 'Every one of the signers signed the message.', args: ['af82', SIGNERS, SIGNATURES] },
      threshold: { about: 'So many of the signers, or more, signed the message.', args: ['af82', '1', SIGNERS, SIGNATURES] },
      oracleAttests: {
        about: 'An oracle that is trusted attests what is expected of it.',
        args: [
          json({
            oracle_pubkey: 'ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c',
            claim: 'delivered',
            value: 'trüe "€"',
            contract_id: 'contract123',
            timestamp: 1000,
            signature:
              '0b76ebbd558ce6f850f9212b9a5f6c4465a4e6317395e76576d44303cea390c68876c149219e9d5ececbb7d0a492620c7411c4c36001f158284c68fecbe6000d',
          }),
          json({
            claim: 'delivered',
            contract_id: 'contract123',
            trusted_oracles: ['ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c'],
            now: 1060,
            max_age: 60,
          }),
        ],
      },
    },
  },
  {
    label: 'Amounts and times',
    examples: {
      amountInRange: { about: 'An amount is in a range, ends included.', args: ['500', '1', '18446744073709551615'] },
      balanceSufficient: { about: 'A balance covers an amount.', args: ['1000', '500'] },
      timestampBefore: { about: 'A time is before a deadline.', args: ['1700000000', '1800000000'] },
      timestampAfter: { about: 'A time is after a moment.', args: ['1700000000', '1600000000'] },
      timestampWithin: { about: 'A time is in a window, ends included.', args: ['1700000000', '1600000000', '1800000000'] },
      timestampNear: { about: 'A time is at most so many seconds from a target.', args: ['1700000000', '1700000030', '60'] },
      timestampExpired: { about: 'A deadline has passed.', args: ['1600000000', '1700000000'] },
    },
  },
  {
    label: 'Hashes',
    examples: {
      sha256Matches: { about: 'A hash is the SHA-256 of a text.', args: ['abc', HASH] },
      hashEquals: { about: 'Two hashes are the same.', args: [HASH, HASH.toUpperCase()] },
      hashFormat: { about: 'A text has the form of a SHA-256.', args: [HASH] },
      commitmentVerify: { about: 'A commitment is the SHA-256 of a preimage and a salt.', args: [HASH, 'ab', 'c'] },
    },
  },
  {
    label: 'Texts',
    examples: {
      textEquals: { about: 'Two texts are the same, to the byte.', args: ['é', 'é'] },
      textEqualsIgnoreCase: { about: 'Two texts are the same but for the case of A to Z.', args: ['Alice', 'ALICE'] },
      textContains: { about: 'A text contains another one.', args: ['/members/alice', 'alice'] },
      textStartsWith: { about: 'A text starts with another one.', args: ['/members/alice', '/members/'] },
      textEndsWith: { about: 'A text ends with another one.', args: ['validator.wasm', '.wasm'] },
      textIsEmpty: { about: 'A text is empty.', args: [''] },
      textNotEmpty: { about: 'A text is not empty.', args: ['a'] },
      textLengthEq: { about: 'A text has so many bytes of UTF-8.', args: ['🦀', '4'] },
      textLengthGt: { about: 'A text has more bytes of UTF-8 than this.', args: ['🦀', '3'] },
      textLengthLt: { about: 'A text has fewer bytes of UTF-8 than this.', args: ['🦀', '5'] },
    },
  },
  {
    label: 'Numbers',
    examples: {
      numEquals: { about: 'Two numbers are equal, as exact decimals.', args: ['0.30', '3e-1'] },
      numGt: { about: 'The left number is greater.', args: ['9007199254740993', '9007199254740992'] },
      numGte: { about: 'The left number is greater, or equal.', args: ['1.0', '1'] },
      numLt: { about: 'The left number is less.', args: ['0.1', '0.10000000000000000001'] },
      numLte: { about: 'The left number is less, or equal.', args: ['-1', '1'] },
      numBetween: { about: 'A number is in a range, ends included.', args: ['0.5', '0', '1'] },
      numPositive: { about: 'A number is above zero.', args: ['1e-300'] },
      numNegative: { about: 'A number is below zero.', args: ['-0.5'] },
      numZero: { about: 'A number is zero, of either sign.', args: ['-0.0'] },
    },
  },
  {
    label: 'Booleans',
    examples: {
      boolIsTrue: { about: 'A value is the boolean true.', args: ['true'] },
      boolIsFalse: { about: 'A value is the boolean false.', args: ['false'] },
      boolEquals: { about: 'Two booleans are the same.', args: ['true', 'true'] },
      boolNot: { about: 'Two booleans are each other’s negation.', args: ['true', 'false'] },
    },
  },
  {
    label: 'Computations',
    examples: {
      computeDifficultyAdjustment: {
        about: 'The next difficulty: a tenth more if blocks come faster than every ten seconds, a tenth less if slower.',
        args: [json([{ timestamp: 0 }, { timestamp: 5, difficulty: 100 }])],
      },
      jsonCanonicalize: {
        about: 'The one text that a document has: canonical JSON, RFC 8785.',
        args: ['{ "to": "addr123", "amount": 1.0e2 }'],
      },
    },
  },
];

/** @param {unknown} value */
function json(value) {
  return JSON.stringify(value, null, 2);
}
