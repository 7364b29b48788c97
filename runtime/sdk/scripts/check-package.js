// Packs the package and asks the tools of the trade whether it would install and resolve everywhere.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { pack } from './pack.js';

/** The program of a development dependency. @param {string} name */
const program = (name) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'sdk-pack-'));
try {
  const { file, files, bytes, unpackedBytes } = await pack(folder);
  execFileSync(program('publint'), ['run', file, '--strict'], { stdio: 'inherit' });
  // The package is of ECMAScript modules only, and the wasm has no types.
  const untyped = ['--exclude-entrypoints', './meter.wasm', './validators.wasm'];
  const attw = [file, '--profile', 'esm-only', '--no-definitely-typed', ...untyped, '--quiet'];
  execFileSync(program('attw'), attw, { stdio: 'inherit' });
  process.stdout.write(`${files.length} files, ${bytes} bytes packed, ${unpackedBytes} unpacked\n`);
} catch (error) {
  // What a program found, it has printed.
  if (/** @type {{ status?: unknown }} */ (error).status === undefined) throw error;
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
