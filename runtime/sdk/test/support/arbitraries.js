// What properties are tested on.

import fc from 'fast-check';

/** Every run sees the same values: a failure is a finding, not a flake. */
export const RUNS = { seed: 1, numRuns: 500 };

/** Any UTF-16: lone surrogates and characters beyond the basic plane come often. */
const codeUnit = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff }));

export const wellFormedText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(codeUnit).map((units) => String.fromCharCode(...units)),
);

/** Values without a JSON form are no documents; all others are, lone surrogates in their texts and keys included. */
export const document = fc.oneof(
  fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 }),
  fc.dictionary(anyText, fc.oneof(anyText, fc.double(), fc.integer(), fc.constant(null))),
);

/** Any u64; the ends, and what a Number just holds, come often. */
export const u64 = fc.oneof(
  fc.constantFrom(0n, 1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n),
  fc.bigInt({ min: 0n, max: 20n }),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
);
