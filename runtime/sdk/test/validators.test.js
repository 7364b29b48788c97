import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import process from 'node:process';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { CATALOGUE, snakeCase } from '../src/catalogue.js';
import { GlueCalls } from '../src/glue.js';
import { CanonicalError, FaultError, ValidationError, WasmExecutor, loadValidators } from '../src/node.js';
import { callValidator } from '../src/worker/validator-call.js';
import { goldenCases, rustCatalogue } from './support/golden.js';
import { guestBytes } from './support/guest-validators.js';

/** @typedef {import('../src/node.js').Validators} Validators */

const SDK = new URL('../src/node.js', import.meta.url).href;

/** @type {Validators} */
let validators;

before(async () => {
  validators = await loadValidators();
});

test('every golden case is answered as Rust answers it', () => {
  const cases = goldenCases();
  assert.ok(cases.length >= 460, `only ${cases.length} cases were found`);
  for (const { file, call, answer } of cases) assert.equal(callValidator(validators, call), answer, `${file}: ${call}`);
  const called = new Set(cases.map(({ call }) => /^\{"validator":"(\w+)"/.exec(call)?.[1]));
  for (const { name } of rustCatalogue()) assert.ok(called.has(name), name);
});

test('the catalogue has what Rust has, under the same names', () => {
  const found = Object.entries(CATALOGUE).map(([method, args]) => ({
    binding: `${snakeCase(method)}_wasm`,
    args: args.map(([name, kind]) => {
      return { name: snakeCase(name) + (kind === 'document' ? '_json' : ''), type: kind === 'u64' ? 'u64' : '&str' };
    }),
  }));
  assert.deepEqual(found, rustCatalogue().map(({ binding, args }) => ({ binding, args })));
  assert.deepEqual(Object.keys(validators), [
    ...Object.keys(CATALOGUE),
    ...['computeDifficultyAdjustment', 'jsonStringifyDeterministic', 'jsonCanonicalize'],
  ]);
});

test('an executor validates, whatever its gas limit', async () => {
  const executor = new WasmExecutor(1);
  assert.deepEqual(
    await executor.validateTransaction({ amount: 0 }, { min_amount: 1 }),
    {
      valid: false,
      gas_used: 220,
      errors: ['Amount 0 is below minimum 1', 'Amount cannot be zero', "Missing or invalid 'to' field"],
    },
  );
  assert.deepEqual(
    await executor.validatePostAction('', 'a', '{', {}),
    {
      valid: false,
      gas_used: 180,
      errors: [
        'Invalid value JSON: unexpected end at line 1 column 2',
        'Contract ID cannot be empty',
        "Path must start with '/'",
      ],
    },
  );
  assert.deepEqual(
    await executor.validateAssetTransfer('a', 'b', 2n ** 64n - 1n, { balance: 2n ** 64n - 2n }),
    {
      valid: false,
      gas_used: 220,
      errors: ['Insufficient balance: have 18446744073709551614, need 18446744073709551615'],
    },
  );
  assert.equal(
    await executor.computeDifficultyAdjustment([{ timestamp: 0 }, { timestamp: 1, difficulty: 2n ** 64n - 1n }]),
    2n ** 64n - 1n,
  );
  await assert.rejects(executor.validateTransaction('{', {}), {
    name: 'ValidationError',
    message: 'Invalid transaction JSON: unexpected end at line 1 column 2',
  });
});

test('integers of 64 bits are taken exactly, or not at all', async () => {
  /** @type {(amount: any, name: string, message: RegExp) => Promise<void>} */
  const refuse = async (amount, name, message) => {
    await assert.rejects(new WasmExecutor().validateAssetTransfer('a', 'b', amount, { balance: 1 }), { name, message });
    assert.throws(() => validators.amountInRange(amount, 0, 1), { name, message });
  };
  for (const [amount, found] of /** @type {const} */ ([
    [2 ** 53, '9007199254740992'], [1.5, '1.5'], [NaN, 'NaN'], [Infinity, 'Infinity'], [-(2 ** 53), '-9007199254740992'],
    ['5', 'string'], [null, 'null'], [undefined, 'undefined'], [Object(5n), 'an object'], [true, 'boolean'],
  ])) {
    await refuse(amount, 'TypeError', new RegExp(`^amount must be a safe integer or a BigInt, not ${found}$`));
  }
  for (const amount of [-1, -1n, 2n ** 64n, 2n ** 64n + 1n, -(2n ** 64n)]) {
    await refuse(amount, 'RangeError', new RegExp(`^amount must be from 0 to 2\\^64 - 1, not ${amount}$`));
  }
  for (const amount of [0, -0, 1, 2 ** 53 - 1, 0n, 2n ** 53n, 2n ** 64n - 1n]) {
    assert.deepEqual(validators.amountInRange(amount, amount, amount).errors, [], String(amount));
    assert.equal(validators.balanceSufficient(0, amount).valid, BigInt(amount) === 0n, String(amount));
  }
});

test('texts cross as they are, or not at all', () => {
  /** @type {(call: () => unknown, message: RegExp) => void} */
  const refuse = (call, message) => assert.throws(call, { name: 'TypeError', message });
  refuse(() => validators.textEquals('\ud800', '\ufffd'), /^text must be well-formed text, without lone surrogates$/);
  refuse(() => validators.textEquals('\ufffd', 'a\udfff'), /^expected must be well-formed/);
  refuse(() => validators.validatePostAction('\ud83d', '/', {}, {}), /^contractId must be well-formed/);
  refuse(() => validators.numZero('"\ud800"'), /^value must be well-formed/);
  refuse(() => validators.jsonCanonicalize('"\ud800"'), /^text must be well-formed/);
  refuse(() => validators.textIsEmpty(/** @type {any} */ (undefined)), /^text must be a string, not undefined$/);
  refuse(() => validators.textIsEmpty(/** @type {any} */ (0)), /^text must be a string, not number$/);
  refuse(() => validators.jsonCanonicalize(/** @type {any} */ ({})), /^text must be a string, not an object$/);
  assert.equal(validators.textLengthEq('\u{1f980}\0\u{feff}', 8).valid, true);
});

test('documents are texts, or values as JSON.stringify writes them', () => {
  /** @type {(value: unknown, expect: boolean) => void} */
  const check = (value, expect) => assert.equal(validators.hasProperty(value, 'a').valid, expect);
  check({ a: 1 }, true);
  check('{"a":1}', true);
  check({ a: undefined }, false);
  check({ toJSON: () => ({ a: 1 }) }, true);
  check(JSON.parse('{"__proto__":{"a":1}}'), false);
  check(new Date(0), false);
  check(null, false);
  assert.equal(validators.numEquals(2n ** 80n, '1208925819614629174706176').valid, true);
  assert.equal(validators.numEquals(0.1, '0.1').valid, true);
  assert.equal(validators.numZero(NaN).valid, false);

  const cycle = {};
  Object.assign(cycle, { cycle });
  for (const value of [undefined, () => 1, Symbol('a'), cycle]) {
    assert.throws(() => validators.hasProperty(value, 'a'), { name: 'TypeError', message: /^data must have a JSON form/ });
  }
  const broken = new Error('no form');
  assert.throws(() => validators.hasProperty({ toJSON() { throw broken; } }, 'a'), (error) => error === broken);
});

test('a value has one canonical text, or none and a reason', () => {
  const { jsonStringifyDeterministic, jsonCanonicalize } = validators;
  assert.equal(jsonStringifyDeterministic({ '\u{ffff}': 1, '\u{10000}': -0, a: [1e21, 'é\u2028'] }), '{"a":[1e+21,"é\u2028"],"\u{10000}":0,"\u{ffff}":1}');
  assert.equal(jsonStringifyDeterministic('{"b":1,"a":2}'), '"{\\"b\\":1,\\"a\\":2}"');
  assert.equal(jsonCanonicalize('{"b":1.0,"a":2e0}'), '{"a":2,"b":1}');
  assert.equal(jsonStringifyDeterministic({ n: 2n ** 53n }), '{"n":9007199254740992}');
  /** @type {(call: () => unknown, message: string) => void} */
  const refuse = (call, message) => assert.throws(call, (error) => {
    return error instanceof CanonicalError && error.name === 'CanonicalError' && error.message === message;
  });
  refuse(
    () => jsonStringifyDeterministic({ n: 2n ** 53n + 1n }),
    'failed to write the integer 9007199254740993: its canonical text would be another integer',
  );
  refuse(() => jsonStringifyDeterministic(['\ud800']), 'failed to read the JSON: lone surrogate at line 1 column 3');
  refuse(() => jsonCanonicalize('{"a":1,"a":1}'), 'failed to read the JSON: duplicate key at line 1 column 8');
});

test('what is not a validator is answered as Rust answers it', () => {
  /** @type {(call: string, error: string) => void} */
  const check = (call, error) => assert.equal(callValidator(validators, call), JSON.stringify({ error }));
  check('5', 'Call must have a validator and args');
  check('"validator"', 'Call must have a validator and args');
  check('{"validator":5,"args":[]}', 'Call must have a validator and args');
  check('{"validator":"toString","args":[]}', 'Unknown validator');
  check('{"validator":"validate_transaction","args":["",""]}', 'Unknown validator');
  check('{"validator":"num_zero","args":"0"}', 'Call must have a validator and args');
  check('{"validator":"text_is_empty","args":[1e0]}', 'Argument text must be a string');
  check('{"validator":"balance_sufficient","args":[-0,1]}', 'Argument balance must be an integer from 0 to 2^64 - 1');
  check('{"validator":"balance_sufficient","args":["n1",1]}', 'Argument balance must be an integer from 0 to 2^64 - 1');
  check('{"validator":"balance_sufficient","args":[{"text":"1"},1]}', 'Argument balance must be an integer from 0 to 2^64 - 1');
  check('{"args":[],"args":[]}', 'Invalid call JSON: duplicate key at line 1 column 12');
});

test('what stops in the middle is a fault, and the next call is answered', () => {
  const call = () => validators.hasProperty('{"a":1}', 'a');
  const expected = call();
  // Results cross by it, so an error in it is what the end of the stack looks like there.
  const { parse } = JSON;
  JSON.parse = () => {
    throw new RangeError('Maximum call stack size exceeded');
  };
  try {
    assert.throws(call, (error) => error instanceof FaultError && error.kind === 'ValidatorsFailed');
  } finally {
    JSON.parse = parse;
  }
  assert.deepEqual(call(), expected);
});

test('a wasm that was stopped in the middle is not used again', () => {
  let resets = 0;
  const calls = new GlueCalls({ __wbg_reset_state: () => resets++ }, 'MeterFailed');
  const refused = new TypeError('refused');
  /** @type {(call: () => unknown) => unknown} */
  const run = (call) => calls.run(call, (thrown) => (thrown === 'refused' ? refused : null));
  /** @type {(thrown: unknown) => () => never} */
  const throwing = (thrown) => () => {
    throw thrown;
  };
  assert.equal(run(() => 5), 5);
  assert.throws(() => run(throwing('refused')), (error) => error === refused);
  assert.equal(run(() => 6), 6);
  assert.equal(resets, 0);
  const panic = new WebAssembly.RuntimeError('unreachable');
  assert.throws(() => run(throwing(panic)), { name: 'FaultError', kind: 'MeterFailed', cause: panic });
  assert.equal(resets, 0);
  assert.equal(run(() => 7), 7);
  assert.equal(run(() => 8), 8);
  assert.equal(resets, 1);
});

test('validators come in exactly one of three forms', async () => {
  /** @type {(source: any, message: RegExp) => Promise<void>} */
  const refuse = (source, message) => assert.rejects(loadValidators(source), { name: 'TypeError', message });
  await refuse('validators.wasm', /^source must be an object, not string/);
  await refuse({ bytes: new Uint8Array(), url: 'validators.wasm' }, /^source must have one of/);
});

test('a source that fails need not fail for ever', async () => {
  const script = `
    import { loadValidators } from '${SDK}';
    await loadValidators({ bytes: new Uint8Array([0]) }).then(() => process.exit(1), (error) => console.log(error.name));
    console.log((await loadValidators()).numZero(0).valid);`;
  assert.equal(await runScript(script), 'CompileError\ntrue\n');
});

test('the validators and the meter are loaded each when it is needed, once', async () => {
  const sizes = Object.fromEntries(['meter', 'validators'].map((name) => {
    return [statSync(new URL(`../dist/${name}/${name}_bg.wasm`, import.meta.url)).size, name];
  }));
  assert.equal(Object.keys(sizes).length, 2);
  /** @type {(use: string) => Promise<string[]>} */
  const loaded = async (use) => JSON.parse(await runScript(`
    const loaded = [];
    const compile = WebAssembly.compile;
    WebAssembly.compile = (bytes) => (loaded.push(${JSON.stringify(sizes)}[bytes.length]), compile(bytes));
    const { WasmExecutor, loadMeter, loadValidators } = await import('${SDK}');
    const executor = new WasmExecutor();
    ${use}
    console.log(JSON.stringify(loaded));`));
  assert.deepEqual(await loaded(''), []);
  assert.deepEqual(await loaded('await executor.validateTransaction({}, {}); await loadValidators();'), ['validators']);
  assert.deepEqual(await loaded('await Promise.all([executor.computeDifficultyAdjustment([]), loadValidators()]);'), ['validators']);
  assert.deepEqual(await loaded('await executor.validateWasmModule(new Uint8Array()); await loadMeter();'), ['meter']);
});

test('a guest that is made of the validators answers the same', async () => {
  const call = JSON.stringify({ validator: 'validate_transaction_deterministic', args: ['{"amount":100,"to":"addr123"}', '{}'] });
  const { output } = await new WasmExecutor().executeUserWasm(guestBytes(), 'evaluate', call);
  assert.deepEqual(JSON.parse(output), validators.validateTransaction({ amount: 100, to: 'addr123' }, {}));
});

test('the errors are what they say', () => {
  assert.throws(() => validators.numZero('x'), (error) => error instanceof ValidationError && error instanceof Error);
  assert.throws(() => validators.computeDifficultyAdjustment({}), { name: 'ValidationError', message: 'Blocks must be an array' });
});

test('the example in the README is the one that is tested', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('fixtures/built-in-validation.js', import.meta.url), 'utf8');
  assert.ok(readme.includes(example), 'the README has the example, word for word');
});

/**
 * Runs a script in a process of its own.
 * @param {string} script
 */
async function runScript(script) {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  return stdout;
}
