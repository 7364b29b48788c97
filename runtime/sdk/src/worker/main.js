// The worker makes a JavaScript engine a lane of the harness: it reads cases from its standard input and writes one
// response for each to its standard output, in order, until the input ends.

import { readFileSync } from 'node:fs';
import process from 'node:process';
import { loadMeter } from '../meter.js';
import { engineFamily } from '../trap.js';
import { loadValidators } from '../validators.js';
import { FrameReader, writeFrame } from './frames.js';
import { PreparedModules } from './prepared.js';
import { answer } from './request.js';
import { sha256 } from './state.js';

const PROTOCOL = 1;
const STDIN = 0;
const STDOUT = 1;

async function main() {
  const [meterBytes, validatorsBytes] = [built('meter'), built('validators')];
  const meter = await loadMeter({ bytes: meterBytes });
  const means = { modules: new PreparedModules(meter), validators: await loadValidators({ bytes: validatorsBytes }) };
  const reader = new FrameReader(STDIN);
  writeFrame(STDOUT, hello({ meter_sha256: sha256(meterBytes), validators_sha256: sha256(validatorsBytes) }));
  for (let request = reader.read(); request !== undefined; request = reader.read()) {
    writeFrame(STDOUT, answer(means, request));
  }
}

/** @param {string} name */
function built(name) {
  return readFileSync(new URL(`../../dist/${name}/${name}_bg.wasm`, import.meta.url));
}

/**
 * Which engine this is, and with what.
 * @param {Record<string, string>} hashes
 */
function hello(hashes) {
  const { arch, versions } = process;
  const engine = versions['bun'] !== undefined ? 'bun' : versions['deno'] !== undefined ? 'deno' : 'node';
  // Bun also names the V8 that it imitates.
  const code = engineFamily() === 'v8' ? { v8: versions.v8 } : { webkit: versions['webkit'] };
  return { protocol: PROTOCOL, engine, version: versions[engine], details: { arch, ...hashes, ...code }, validators: true };
}

main().catch((error) => {
  process.stderr.write(`the worker stopped: ${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 2;
});
