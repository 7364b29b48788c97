// The worker makes a JavaScript engine a lane of the harness: it reads cases from its standard input and writes one
// response for each to its standard output, in order, until the input ends. `harness/PROTOCOL.md` describes both.
//
//   node main.js                 observes each case once
//   node main.js --warm-up=20    observes each case after 20 times that do not count, so that its code is hot

import { readFileSync } from 'node:fs';
import process from 'node:process';
import { loadMeter } from '../meter.js';
import { engineFamily } from '../trap.js';
import { loadValidators } from '../validators.js';
import { FrameReader, writeFrame } from './frames.js';
import { NODE } from './node.js';
import { runOn } from './platform.js';
import { PreparedModules } from './prepared.js';
import { answer } from './request.js';
import { sha256 } from './state.js';
import { warmUps } from './warm-up.js';

const PROTOCOL = 1;
const STDIN = 0;
const STDOUT = 1;

async function main() {
  runOn(NODE);
  const times = warmUps(process.argv.slice(2));
  const [meterBytes, validatorsBytes] = [built('meter'), built('validators')];
  const meter = await loadMeter({ bytes: meterBytes });
  const means = { modules: new PreparedModules(meter), validators: await loadValidators({ bytes: validatorsBytes }) };
  const reader = new FrameReader(STDIN);
  writeFrame(STDOUT, hello({ meter_sha256: sha256(meterBytes), validators_sha256: sha256(validatorsBytes) }));
  for (let request = reader.read(); request !== undefined; request = reader.read()) {
    for (let time = 0; time < times; time++) answer(means, request);
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
  const flags = [...process.execArgv, ...process.argv.slice(2)];
  const details = { arch, ...hashes, ...code };
  return { protocol: PROTOCOL, engine, version: versions[engine], flags, details, validators: true };
}

main().catch((error) => {
  process.stderr.write(`the worker stopped: ${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 2;
});
