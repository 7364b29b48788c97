// The worker makes a JavaScript engine a lane of the harness: it reads cases from its standard input and writes one
// response for each to its standard output, in order, until the input ends.

import { readFileSync } from 'node:fs';
import process from 'node:process';
import { loadMeter } from '../meter.js';
import { engineFamily } from '../trap.js';
import { FrameReader, writeFrame } from './frames.js';
import { answer } from './request.js';
import { sha256 } from './state.js';

const PROTOCOL = 1;
const STDIN = 0;
const STDOUT = 1;

async function main() {
  const meterBytes = readFileSync(new URL('../../dist/meter/meter_bg.wasm', import.meta.url));
  const meter = await loadMeter({ bytes: meterBytes });
  const reader = new FrameReader(STDIN);
  writeFrame(STDOUT, hello(sha256(meterBytes)));
  for (let request = reader.read(); request !== undefined; request = reader.read()) {
    writeFrame(STDOUT, answer(meter, request));
  }
}

/**
 * Which engine this is.
 * @param {string} meter_sha256
 */
function hello(meter_sha256) {
  const { arch, versions } = process;
  const engine = versions['bun'] !== undefined ? 'bun' : versions['deno'] !== undefined ? 'deno' : 'node';
  // Bun also names the V8 that it imitates.
  const code = engineFamily() === 'v8' ? { v8: versions.v8 } : { webkit: versions['webkit'] };
  return { protocol: PROTOCOL, engine, version: versions[engine], details: { arch, meter_sha256, ...code } };
}

main().catch((error) => {
  process.stderr.write(`the worker stopped: ${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 2;
});
