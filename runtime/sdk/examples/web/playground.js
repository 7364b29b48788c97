// The playground: one module, one method, one input, one run.

import {
  FaultError,
  MAX_GAS_LIMIT,
  RejectionError,
  TrapError,
  ViolationError,
  WasmExecutor,
  loadMeter,
} from '../../src/index.js';
import { explain } from './explain.js';
import { amount, element } from './page.js';

/** What the page begins with, and what its sample is asked. */
const SAMPLE_INPUT = '{\n  "amount": 100,\n  "to": "addr123"\n}';

/** @typedef {{ kind: 'completed' | 'trap' | 'violation' | 'rejection' | 'argument' | 'fault', verdict: string,
 *   explanation?: string, output?: string, gas?: { used: number, limit: number } }} Result */

const form = element('run', HTMLFormElement);
const drop = element('drop', HTMLFieldSetElement);
const file = element('file', HTMLInputElement);
const sample = element('sample', HTMLButtonElement);
const moduleName = element('module-name', HTMLElement);
const moduleNote = element('module-note', HTMLElement);
const method = element('method', HTMLSelectElement);
const input = element('input', HTMLTextAreaElement);
const inputNote = element('input-note', HTMLElement);
const gas = element('gas', HTMLInputElement);
const submit = element('submit', HTMLButtonElement);

/** @type {Uint8Array | undefined} */
let module;

/** How many modules were asked for: one that arrives after a later one was asked for is dropped. */
let turns = 0;

/**
 * Takes a module in: validates it and offers the methods that the guest ABI can call.
 * @param {string} name
 * @param {() => Promise<ArrayBuffer>} read
 */
async function take(name, read) {
  const turn = ++turns;
  const [bytes, meter] = await Promise.all([read().then((buffer) => new Uint8Array(buffer)), loadMeter()]);
  if (turn !== turns) return;
  module = undefined;
  method.replaceChildren();
  moduleName.textContent = name;
  moduleNote.textContent = `${amount(bytes.length)} bytes`;
  try {
    const { exports } = meter.meter(bytes).interface;
    const methods = [...exports].flatMap(([name, item]) => (isMethod(item) ? [name] : []));
    method.replaceChildren(...methods.map((name) => new Option(name)));
    if (methods.length > 0) {
      module = bytes;
      show({ kind: 'none', verdict: 'Nothing has run yet.' });
    } else {
      show({ kind: 'violation', verdict: 'No method', explanation: explain('NoMethod') });
    }
  } catch (error) {
    show(failure(error));
  }
  method.disabled = submit.disabled = module === undefined;
}

/** @param {import('../../src/interface.js').ExportItem} item */
function isMethod(item) {
  if (item.kind !== 'function' || item.params.length !== 2 || item.results.length !== 1) return false;
  return [...item.params, ...item.results].every((type) => type === 'i32');
}

/** @returns {Promise<Result>} */
async function run() {
  if (module === undefined) throw new TypeError('there is no module');
  try {
    const executor = new WasmExecutor(gas.valueAsNumber);
    const { output, gas_used, gas_limit } = await executor.executeUserWasm(module, method.value, input.value);
    return { kind: 'completed', verdict: 'Completed', output, gas: { used: gas_used, limit: gas_limit } };
  } catch (error) {
    return failure(error);
  }
}

/**
 * @param {unknown} error
 * @returns {Result}
 */
function failure(error) {
  if (error instanceof TrapError) {
    const spent = { used: error.gas_used, limit: error.gas_limit };
    return { kind: 'trap', verdict: `Trapped: ${error.kind}`, explanation: explain(error.kind), gas: spent };
  }
  if (error instanceof ViolationError) {
    const spent = { used: error.gas_used, limit: error.gas_limit };
    const of = error.export === undefined ? '' : ` “${error.export}”`;
    return { kind: 'violation', verdict: `Violation: ${error.rule}${of}`, explanation: explain(error.rule), gas: spent };
  }
  if (error instanceof RejectionError) {
    return { kind: 'rejection', verdict: `Rejected: ${error.kind}`, explanation: error.message };
  }
  if (error instanceof FaultError) return { kind: 'fault', verdict: `Fault: ${error.kind}`, explanation: error.detail };
  const text = error instanceof Error ? error.message : String(error);
  return { kind: 'argument', verdict: 'Not run', explanation: text };
}

/** @param {Result | { kind: 'none', verdict: string }} result */
function show(result) {
  const { verdict, explanation = '', output, gas: spent } = { explanation: '', output: undefined, gas: undefined, ...result };
  element('result', HTMLElement).dataset['kind'] = result.kind;
  element('verdict', HTMLElement).textContent = verdict;
  element('explanation', HTMLElement).textContent = explanation;
  const shown = element('output', HTMLElement);
  shown.hidden = output === undefined;
  shown.textContent = output ?? '';
  element('spent', HTMLElement).hidden = spent === undefined;
  if (spent === undefined) return;
  element('share', HTMLMeterElement).value = spent.used / spent.limit;
  element('gas-used', HTMLElement).textContent = `${amount(spent.used)} of ${amount(spent.limit)} gas`;
}

/** Says whether the input is JSON. A guest may take any text, so what is none is passed all the same. */
function checkInput() {
  try {
    JSON.parse(input.value);
    inputNote.textContent = '';
    inputNote.classList.remove('wrong');
  } catch {
    inputNote.textContent = 'This is not JSON. It is passed as it is.';
    inputNote.classList.add('wrong');
  }
}

async function useSample() {
  await take('The sample', async () => {
    const response = await fetch('sample.wasm');
    if (!response.ok) throw new Error(`failed to fetch the sample: ${response.status}`);
    return response.arrayBuffer();
  });
}

/** @param {File | undefined} chosen */
async function useFile(chosen) {
  if (chosen !== undefined) await take(chosen.name, () => chosen.arrayBuffer());
}

/**
 * Does what a person asked for, and shows why if it cannot be done.
 * @param {() => Promise<void>} action
 */
function act(action) {
  action().catch((error) => show(failure(error)));
}

gas.max = String(MAX_GAS_LIMIT);
input.value = SAMPLE_INPUT;
input.addEventListener('input', checkInput);
sample.addEventListener('click', () => act(useSample));
file.addEventListener('change', () => act(() => useFile(file.files?.[0])));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  submit.disabled = true;
  act(async () => {
    show(await run());
    submit.disabled = module === undefined;
  });
});
// A run is a keystroke away while the input is edited.
input.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
// A file that misses its place must not replace the page.
for (const type of ['dragover', 'drop']) document.addEventListener(type, (event) => event.preventDefault());
drop.addEventListener('dragover', () => drop.classList.add('over'));
drop.addEventListener('dragleave', () => drop.classList.remove('over'));
drop.addEventListener('drop', (event) => {
  drop.classList.remove('over');
  act(() => useFile(event.dataTransfer?.files[0]));
});
act(useSample);
