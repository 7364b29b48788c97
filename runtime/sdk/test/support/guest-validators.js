// The validators as a guest: the same source by another route, metered and run under the guest ABI.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { callAbi, checkAbi } from '../../src/abi.js';
import { inputBytes } from '../../src/guards.js';
import { MeteredInstance } from '../../src/instance.js';
import { loadMeter } from '../../src/meter.js';

const GUEST = fileURLToPath(new URL('../../../../validators/dist/guest.wasm', import.meta.url));

/** Calls as long as an input may be cost more than an executor gives, and are to be answered here all the same. */
const GAS = 2 ** 40;

/** The guest's bytes. */
export function guestBytes() {
  assert.ok(existsSync(GUEST), `failed to find ${GUEST}\nrun \`cargo xtask guests\` first: it builds the guest`);
  return readFileSync(GUEST);
}

/**
 * Prepares the guest once, for any number of calls.
 * @returns {Promise<(call: string) => string>} which answers a call in an instance of its own, as an executor would
 */
export async function loadGuestValidators() {
  const meter = await loadMeter();
  const metered = meter.meter(guestBytes());
  assert.equal(checkAbi(metered.interface, 'evaluate'), null);
  const compiled = {
    module: await WebAssembly.compile(/** @type {Uint8Array<ArrayBuffer>} */ (metered.bytes)),
    bytes: metered.bytes,
    interface: metered.interface,
    stackLimitWords: meter.constants.stack_limit_words,
  };
  return (call) => {
    const outcome = callAbi(MeteredInstance.make(compiled), 'evaluate', inputBytes(call, 'call'), GAS);
    assert.ok('output' in outcome, `the guest answers ${call.slice(0, 1000)} with ${JSON.stringify(outcome)}`);
    return outcome.output;
  };
}
