// Serves the playground: this folder, the SDK as it is, and the sample, assembled.

import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import initWabt from 'wabt';
import { folder, serve } from '../../scripts/static-server.js';

const DEFAULT_PORT = 8080;

/** @param {number} [port] any free one if 0 */
export function servePlayground(port = 0) {
  return serve(
    [
      { prefix: '/sample.wasm', read: assembledSample },
      // The page's modules import `../../src`, which ends at the root.
      { prefix: '/src/', read: here('../../src/') },
      { prefix: '/dist/meter/', read: here('../../dist/meter/') },
      { prefix: '/dist/validators/', read: here('../../dist/validators/') },
      { prefix: '/', read: here('./') },
    ],
    { port },
  );
}

/** The sample's bytes. */
export async function assembledSample() {
  const text = await readFile(new URL('sample.wat', import.meta.url), 'utf8');
  const parsed = (await initWabt()).parseWat('sample.wat', text);
  try {
    return parsed.toBinary({}).buffer;
  } finally {
    parsed.destroy();
  }
}

/** @param {string} path of a folder, from this one */
function here(path) {
  return folder(fileURLToPath(new URL(path, import.meta.url)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { origin } = await servePlayground(Number(process.env['PORT'] ?? DEFAULT_PORT));
  process.stdout.write(`the playground is at ${origin}/\n`);
}
