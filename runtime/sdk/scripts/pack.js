// Packs the package as npm would publish it.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** @typedef {{ file: string, files: string[], bytes: number, unpackedBytes: number }} Packed */

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {string} folder where the tarball is put
 * @returns {Promise<Packed>}
 */
export async function pack(folder) {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--json', '--pack-destination', folder], { cwd: PACKAGE });
  // What the scripts of the package print comes first; newer versions of npm give an object by names, older ones a list.
  const listed = JSON.parse(stdout.slice(stdout.search(/^[[{]/m)));
  const [packed] = /** @type {any[]} */ (Object.values(listed));
  return {
    file: join(folder, packed.filename),
    files: packed.files.map((/** @type {{ path: string }} */ { path }) => path),
    bytes: packed.size,
    unpackedBytes: packed.unpackedSize,
  };
}
