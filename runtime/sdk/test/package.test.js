import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
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
import { loadMeter, RejectionError, TrapError, ViolationError, WasmExecutor, type Execution } from '@modality-dev/sdk';
const executor: WasmExecutor = new WasmExecutor(1_000);
const run: Promise<Execution> = executor.executeUserWasm(new Uint8Array(), 'run', { amount: 1 });
run.then(({ output, gas_used }) => [output.length, gas_used.toFixed()], (error: unknown) => {
  if (error instanceof TrapError && error.kind === 'OutOfGas') return error.gas_used.toFixed();
  if (error instanceof ViolationError && error.rule === 'MissingExport') return error.export?.length;
  return error instanceof RejectionError ? error.kind.length : 0;
});
const meter = await loadMeter({ bytes: new Uint8Array() });
const words: number = meter.constants.stack_limit_words;
// @ts-expect-error a gas limit is a number
new WasmExecutor('1000');
// @ts-expect-error a meter comes in one of three forms
await loadMeter({ path: 'meter.wasm' });
export { words };
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
  const meter = ['dist/meter/meter.js', 'dist/meter/meter_bg.wasm'];
  const expected = /^(src\/[a-z-]+\.js|dist\/types\/[a-z-]+\.d\.ts|dist\/meter\/.*|README\.md|package\.json)$/;
  assert.deepEqual(packed.files.filter((file) => !expected.test(file)), []);
  assert.deepEqual(packed.files.filter((file) => file.startsWith('dist/meter/')).sort(), meter);
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

test('the meter can be given as bytes, as a module and by its URL', async () => {
  const given = ['bytes', 'bytes: bytes.buffer', 'module: await WebAssembly.compile(bytes)', 'url', 'url: url.href'];
  for (const source of given) {
    const script = `
      import { readFileSync } from 'node:fs';
      import { loadMeter } from '@modality-dev/sdk';
      const url = new URL(import.meta.resolve('@modality-dev/sdk/meter.wasm'));
      const bytes = new Uint8Array(readFileSync(url));
      console.log((await loadMeter({ ${source} })).constants.schedule);`;
    writeFileSync(join(project, 'source.js'), script);
    assert.match(await inProject(process.execPath, ['source.js']), /^instr-\d+\n$/, source);
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

test('nothing is packed without the meter', async () => {
  const copy = join(project, 'copy');
  await mkdir(copy);
  for (const name of ['package.json', 'scripts']) await cp(join(PACKAGE, name), join(copy, name), { recursive: true });
  await assert.rejects(run('npm', ['pack', '--dry-run'], { cwd: copy }), (/** @type {any} */ error) => {
    assert.match(error.stderr, /failed to find dist\/meter\/meter\.js and .*\nrun `cargo xtask sdk` first/);
    return true;
  });
});
