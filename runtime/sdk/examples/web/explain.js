// What the names of outcomes mean, in a sentence for a person.

/** @typedef {import('../../src/index.js').TrapKind | import('../../src/index.js').AbiRule | 'NoMethod'} Named */

/** @type {Readonly<Record<Named, string>>} */
const MEANINGS = {
  Unreachable: 'The guest reached an instruction that stops it: a panic, usually.',
  OutOfGas: 'The run needed more gas than its limit. Every engine stops it at this point.',
  CallStackExhausted: 'The guest called too deep.',
  MemoryOutOfBounds: 'The guest reached outside its memory.',
  TableOutOfBounds: 'The guest reached outside a table.',
  IndirectCallToNull: 'The guest called an empty entry of a table.',
  BadSignature: 'The guest called a function of another type than it expected.',
  IntegerDivisionByZero: 'The guest divided by zero.',
  IntegerOverflow: 'A result does not fit its integer.',
  BadConversionToInteger: 'The guest converted a NaN to an integer.',
  GuestAbort: 'The guest called env.abort.',
  MissingExport: 'The calling convention needs an export that the module does not have.',
  WrongSignature: 'An export has another type than the calling convention asks for.',
  ArgumentsOutOfBounds: 'The allocator returned an address without room for the input.',
  ResultOutOfBounds: 'The method returned an address outside its memory.',
  OutputTooLong: 'The output is longer than a result may be.',
  OutputNotUtf8: 'The output is not text.',
  NoMethod: 'The module is accepted, but no export of it takes two i32 and returns one.',
};

/** @param {Named} name */
export function explain(name) {
  return MEANINGS[name];
}
