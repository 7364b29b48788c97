import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp, mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pack } from '../scripts/pack.js';
import { corpusModule } from './support/corpus.js';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

/** What a project of TypeScript does with the package; each line has a type to be wrong about. */
const CONSUMER = `
import {
  loadMeter, loadValidators, RejectionError, TrapError, ValidationError, ViolationError, WasmExecutor,
  type Execution, type ValidationResult, type Validators,
} from '@modality-dev/sdk';
const executor: WasmExecutor = new WasmExecutor(1_000);
const run: Promise<Execution> = executor.executeUserWasm(new Uint8Array(), 'run', { amount: 1 });
run.then(({ output, gas_used }) => [output.length, gas_used.toFixed()], (error: unknown) => {
  if (error instanceof TrapError && error.kind === 'OutOfGas') return error.gas_used.toFixed();
  if (error instanceof ViolationError && error.rule === 'MissingExport') return error.export?.length;
  return error instanceof RejectionError ? error.kind.length : 0;
});
const meter = await loadMeter({ bytes: new Uint8Array() });
const words: number = meter.constants.stack_limit_words;
const transfer: Promise<ValidationResult> = executor.validateAssetTransfer('a', 'b', 500n, { balance: 1000 });
const difficulty: bigint = await executor.computeDifficultyAdjustment([]);
const validators: Validators = await loadValidators();
const errors: string[] = validators.threshold('00', 1, [], '[]').errors;
const text: string = validators.jsonStringifyDeterministic({ difficulty });
transfer.catch((error: unknown) => error instanceof ValidationError && error.message.length);
// @ts-expect-error an amount is no text
executor.validateAssetTransfer('a', 'b', '500', {});
// @ts-expect-error a length is no text
validators.textLengthEq('a', '1');
// @ts-expect-error a range has two ends
validators.amountInRange(1, 2);
// @ts-expect-error a gas limit is a number
new WasmExecutor('1000');
// @ts-expect-error a meter comes in one of three forms
await loadMeter({ path: 'meter.wasm' });
export { errors, text, words };
`;

const run = promisify(execFile);

/** @type {string} */
let project;
/** @type {import('../scripts/pack.js').Packed} */
let packed;

/**
 * @param {string} program
 * @param {string[]} args
 */
async function inProject(program, args) {
  const { stdout } = await run(program, args, { cwd: project });
  return stdout;
}

before(async () => {
  project = mkdtempSync(join(tmpdir(), 'sdk-project-'));
  packed = await pack(project);
  writeFileSync(join(project, 'package.json'), '{ "type": "module", "private": true }');
  await inProject('npm', ['install', '--offline', '--no-audit', '--no-fund', packed.file]);
});

after(() => rmSync(project, { recursive: true, force: true }));

test('the tarball has what runs and its types, and nothing else', () => {
  const built = [
    ...['dist/meter/meter.js', 'dist/meter/meter_bg.wasm'],
    ...['dist/validators/validators.js', 'dist/validators/validators_bg.wasm'],
  ];
  const expected = /^(src\/[a-z-]+\.js|dist\/types\/[a-z-]+\.d\.ts|README\.md|package\.json)$/;
  assert.deepEqual(packed.files.filter((file) => !expected.test(file)).sort(), built);
  for (const file of ['src/node.js', 'src/index.js', 'dist/types/index.d.ts']) assert.ok(packed.files.includes(file), file);
  const manifest = JSON.parse(readFileSync(join(project, 'node_modules/@modality-dev/sdk/package.json'), 'utf8'));
  assert.deepEqual(Object.keys(manifest.dependencies ?? {}), []);
});

test('an empty project that installs the tarball runs a module of the corpus', async () => {
  writeFileSync(join(project, 'checksum.wasm'), corpusModule('cases/abi/checksum.wat'));
  writeFileSync(
    join(project, 'main.js'),
    `import { readFile } from 'node:fs/promises';
     import { WasmExecutor } from '@modality-dev/sdk';
     const run = await new WasmExecutor().executeUserWasm(await readFile('checksum.wasm'), 'hash', 'foobar');
     console.log(run.output, run.gas_used);`,
  );
  assert.equal(await inProject(process.execPath, ['main.js']), 'bf9cf968 268\n');
});

test('an empty project that installs the tarball validates as the README says', async () => {
  const example = fileURLToPath(new URL('fixtures/built-in-validation.js', import.meta.url));
  await cp(example, join(project, 'example.js'));
  // The wasm of the meter is not needed for it.
  const meter = join(project, 'node_modules/@modality-dev/sdk/dist/meter');
  await rename(meter, `${meter}-away`);
  try {
    assert.equal(await inProject(process.execPath, ['example.js']), 'true\n220\n[]\n');
  } finally {
    await rename(`${meter}-away`, meter);
  }
});

test('the meter and the validators can be given as bytes, as a module and by their URL', async () => {
  const uses = [
    ['meter', 'loadMeter', '.constants.schedule', 'instr-1'],
    ['validators', 'loadValidators', '.numZero(0).gas_used', '170'],
  ];
  const given = ['bytes', 'bytes: bytes.buffer', 'module: await WebAssembly.compile(bytes)', 'url', 'url: url.href'];
  for (const [name, load, use, expect] of uses) {
    for (const source of given) {
      const script = `
        import { readFileSync } from 'node:fs';
        import { ${load} } from '@modality-dev/sdk';
        const url = new URL(import.meta.resolve('@modality-dev/sdk/${name}.wasm'));
        const bytes = new Uint8Array(readFileSync(url));
        console.log((await ${load}({ ${source} }))${use});`;
      writeFileSync(join(project, 'source.js'), script);
      assert.equal(await inProject(process.execPath, ['source.js']), `${expect}\n`, `${name}, ${source}`);
    }
  }
});

test('a strict project of TypeScript reads the types, libraries checked', async () => {
  writeFileSync(join(project, 'consumer.ts'), CONSUMER);
  const tsc = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
  for (const [module, resolution] of /** @type {const} */ ([['nodenext', 'nodenext'], ['esnext', 'bundler']])) {
    const options = ['--strict', '--noEmit', '--target', 'es2022', '--lib', 'es2024,dom', '--skipLibCheck', 'false'];
    const args = [tsc, ...options, '--module', module, '--moduleResolution', resolution, 'consumer.ts'];
    assert.equal(await inProject(process.execPath, args).catch((error) => error.stdout), '', module);
  }
});

test('nothing is packed without the wasm', async () => {
  const copy = join(project, 'copy');
  await mkdir(copy);
  for (const name of ['package.json', 'scripts']) await cp(join(PACKAGE, name), join(copy, name), { recursive: true });
  await assert.rejects(run('npm', ['pack', '--dry-run'], { cwd: copy }), (/** @type {any} */ error) => {
    assert.match(error.stderr, /failed to find dist\/meter\/meter\.js, .* dist\/validators\/validators_bg\.wasm\nrun `cargo xtask sdk` first/);
    return true;
  });
});
