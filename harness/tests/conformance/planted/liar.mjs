// The SDK's worker with two lies: every i32 result of a call is one more than it is, and a memory that was written to
// is another. `liar.mjs FILE` tells the second lie once: not if there is the file, which it makes then.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { loadMeter } from '../../../../runtime/sdk/src/meter.js';
import { FrameReader, writeFrame } from '../../../../runtime/sdk/src/worker/frames.js';
import { NODE } from '../../../../runtime/sdk/src/worker/node.js';
import { runOn } from '../../../../runtime/sdk/src/worker/platform.js';
import { PreparedModules } from '../../../../runtime/sdk/src/worker/prepared.js';
import { answer } from '../../../../runtime/sdk/src/worker/request.js';

runOn(NODE);
const meter = await loadMeter({
  bytes: readFileSync(new URL('../../../../runtime/sdk/dist/meter/meter_bg.wasm', import.meta.url)),
});

function falsified(value) {
  if (!value.startsWith('i32:')) return value;
  const more = (Number(value.slice('i32:'.length)) + 1) >>> 0;
  return `i32:0x${more.toString(16).padStart(8, '0')}`;
}

/** The digest of a memory of zeros. */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const [, , once] = process.argv;

/** Another digest than a memory has. */
function forged(sha256) {
  if (sha256 === EMPTY || (once && existsSync(once))) return sha256;
  if (once) writeFileSync(once, '');
  return EMPTY;
}

const means = { modules: new PreparedModules(meter) };
const reader = new FrameReader(0);
writeFrame(1, { protocol: 1, engine: 'liar', version: process.versions.node, details: {} });
let asked = 0;
for (let request = reader.read(); request !== undefined; request = reader.read()) {
  const response = answer(means, request);
  // The first case is the one that shows whether a lane works at all.
  if (asked++ > 0) {
    for (const { steps } of response.observation?.runs ?? []) {
      for (const { outcome, state } of steps) {
        if (outcome.completed) outcome.completed = outcome.completed.map(falsified);
        if (state?.memory) state.memory.sha256 = forged(state.memory.sha256);
      }
    }
  }
  writeFrame(1, response);
}
