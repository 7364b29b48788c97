// Guests for tests of the ABI.

import { wasm } from './wat.js';

/**
 * A guest with an allocator that gives out one address, and a method `run`.
 * @param {object} parts
 * @param {string} [parts.alloc] the allocator's body
 * @param {string} parts.run the method's body; `$ptr` and `$len` are its parameters
 * @param {string} [parts.more] further fields of the module
 */
export function guest({ alloc = 'i32.const 1024', run, more = '' }) {
  return wasm(`(module
    (memory (export "memory") 1)
    (func (export "alloc") (param i32) (result i32) ${alloc})
    (func (export "run") (param $ptr i32) (param $len i32) (result i32) ${run})
    ${more})`);
}

/** Returns its input: the length is written just before it. */
export const ECHO = guest({
  run: '(i32.store (i32.sub (local.get $ptr) (i32.const 4)) (local.get $len)) (i32.sub (local.get $ptr) (i32.const 4))',
});

/**
 * What {@link ECHO} costs: alloc enters (1) and has one operator; run enters (1) and has eight that cost 1; nothing
 * is initialised.
 */
export const ECHO_GAS = 2 + 9;

/**
 * The ways to break the ABI, each with what it is called.
 * @type {readonly { name: string, bytes: Uint8Array, violation: { rule: string, export?: string } }[]}
 */
export const VIOLATIONS = [
  {
    name: 'no memory',
    bytes: wasm('(module (func (export "alloc")) (func (export "run")))'),
    violation: { rule: 'MissingExport', export: 'memory' },
  },
  {
    name: 'a memory of another name',
    bytes: wasm('(module (memory (export "mem") 1) (func (export "memory")))'),
    violation: { rule: 'MissingExport', export: 'memory' },
  },
  {
    name: 'no allocator',
    bytes: wasm('(module (memory (export "memory") 1) (func (export "run")))'),
    violation: { rule: 'MissingExport', export: 'alloc' },
  },
  {
    name: 'no method, though the allocator is wrong too',
    bytes: wasm('(module (memory (export "memory") 1) (func (export "alloc")))'),
    violation: { rule: 'MissingExport', export: 'run' },
  },
  {
    name: 'a method that is a global',
    bytes: wasm(
      '(module (memory (export "memory") 1) (func (export "alloc")) (global (export "run") i32 (i32.const 0)))',
    ),
    violation: { rule: 'MissingExport', export: 'run' },
  },
  {
    name: 'an allocator of another type',
    bytes: wasm(`(module (memory (export "memory") 1) (func (export "alloc") (param i64) (result i32) i32.const 0)
      (func (export "run")))`),
    violation: { rule: 'WrongSignature', export: 'alloc' },
  },
  {
    name: 'a method of another type',
    bytes: wasm(`(module (memory (export "memory") 1) (func (export "alloc") (param i32) (result i32) i32.const 0)
      (func (export "run") (param i32 i32) (result i64) i64.const 0))`),
    violation: { rule: 'WrongSignature', export: 'run' },
  },
  {
    name: 'an allocation past the memory',
    bytes: guest({ alloc: 'i32.const 65535', run: 'i32.const 0' }),
    violation: { rule: 'ArgumentsOutOfBounds' },
  },
  {
    name: 'an allocation at a negative address',
    bytes: guest({ alloc: 'i32.const -1', run: 'i32.const 0' }),
    violation: { rule: 'ArgumentsOutOfBounds' },
  },
  {
    name: 'a length past the memory',
    bytes: guest({ run: 'i32.const 65533' }),
    violation: { rule: 'ResultOutOfBounds' },
  },
  {
    name: 'a result past the memory',
    bytes: guest({ run: '(i32.store (i32.const 65532) (i32.const 1)) i32.const 65532' }),
    violation: { rule: 'ResultOutOfBounds' },
  },
  {
    name: 'a result at a negative address',
    bytes: guest({ run: 'i32.const -4' }),
    violation: { rule: 'ResultOutOfBounds' },
  },
  {
    name: 'a result that is too long, and outside too',
    bytes: guest({ run: '(i32.store (i32.const 0) (i32.const 1048577)) i32.const 0' }),
    violation: { rule: 'OutputTooLong' },
  },
  {
    name: 'a result that is no UTF-8',
    bytes: guest({ run: '(i32.store (i32.const 0) (i32.const 1)) (i32.store8 (i32.const 4) (i32.const 255)) i32.const 0' }),
    violation: { rule: 'OutputNotUtf8' },
  },
  {
    name: 'a result that holds an encoded surrogate',
    bytes: guest({
      run: '(i32.store (i32.const 0) (i32.const 3)) (i32.store (i32.const 4) (i32.const 0x80a0ed)) i32.const 0',
    }),
    violation: { rule: 'OutputNotUtf8' },
  },
];
