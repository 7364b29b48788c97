// The work of a page is that of any worker: it greets, reads cases, and writes what it observed of each, until the input
// ends. Its input and output are streams of the program that started the browser (`main.js`).

import { loadMeter } from '../../meter.js';
import { engineFamily } from '../../trap.js';
import { loadValidators } from '../../validators.js';
import { runOn } from '../platform.js';
import { PreparedModules } from '../prepared.js';
import { answer } from '../request.js';
import { sha256 } from '../state.js';
import { Output, batches } from './streams.js';
import { WEB } from './web.js';

const PROTOCOL = 1;

/** Observes until the input ends. */
export async function work() {
  runOn(WEB);
  const { warmUps, greeting } = await (await got('/worker/options')).json();
  const [meterBytes, validatorsBytes] = await Promise.all([built('meter'), built('validators')]);
  const meter = await loadMeter({ bytes: meterBytes });
  const means = { modules: new PreparedModules(meter), validators: await loadValidators({ bytes: validatorsBytes }) };
  const details = {
    agent: navigator.userAgent,
    code: engineFamily(),
    meter_sha256: sha256(meterBytes),
    validators_sha256: sha256(validatorsBytes),
  };
  const output = new Output('/worker/output');
  output.write({ protocol: PROTOCOL, ...greeting, details, validators: true });
  await output.flush();
  // Firefox hears of a response when its first bytes come, which here nobody sends before the greeting.
  const { body } = await got('/worker/input');
  for await (const requests of batches(/** @type {ReadableStream<Uint8Array>} */ (body))) {
    for (const request of requests) {
      for (let time = 0; time < warmUps; time++) answer(means, request);
      output.write(answer(means, request));
    }
    await output.flush();
  }
  await output.arrived();
  await post('/worker/end', '');
}

/**
 * Says why there will be no more answers.
 * @param {unknown} error
 */
export async function stopped(error) {
  await post('/worker/end', error instanceof Error ? `${error.name}: ${error.message}\n${error.stack}` : String(error));
}

/** @param {string} name */
async function built(name) {
  const response = await got(new URL(`../../../dist/${name}/${name}_bg.wasm`, import.meta.url));
  return new Uint8Array(await response.arrayBuffer());
}

/** @param {string | URL} url */
async function got(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`failed to get ${url}: ${response.status}`);
  return response;
}

/**
 * @param {string} url
 * @param {string} body
 */
async function post(url, body) {
  await fetch(url, { method: 'POST', body });
}
