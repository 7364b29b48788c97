// The validators' playground: one validator, its arguments, one answer.

import { CATALOGUE } from '../../src/catalogue.js';
import { CanonicalError, FaultError, ValidationError, loadValidators } from '../../src/index.js';
import { GROUPS } from './examples.js';
import { amount, element } from './page.js';

/** @typedef {import('../../src/catalogue.js').Argument} Argument */
/** @typedef {import('../../src/catalogue.js').ArgumentKind} ArgumentKind */
/** @typedef {import('../../src/index.js').ValidationResult} ValidationResult */
/** @typedef {import('./examples.js').Example} Example */
/** @typedef {import('./examples.js').Method} Method */

/** @typedef {{ name: string, kind: ArgumentKind, input: HTMLInputElement | HTMLTextAreaElement }} Input */

/** @typedef {{ kind: 'valid' | 'invalid' | 'computed' | 'refused' | 'argument' | 'fault', verdict: string,
 *   explanation?: string, errors?: readonly string[], output?: string, gas?: number }} Result */

const form = element('ask', HTMLFormElement);
const validator = element('validator', HTMLSelectElement);
const fields = element('arguments', HTMLElement);
const example = element('example', HTMLButtonElement);
const submit = element('submit', HTMLButtonElement);

const EXAMPLES = new Map(GROUPS.flatMap(({ examples }) => Object.entries(examples)));

/** What the other methods take. */
const COMPUTED = /** @type {const} */ ({
  computeDifficultyAdjustment: [['blocks', 'document']],
  jsonCanonicalize: [['text', 'document']],
});

/** @type {readonly Input[]} */
let inputs = [];

/** @returns {Method} */
function chosen() {
  return /** @type {Method} */ (validator.value);
}

/** @returns {readonly Argument[]} */
function expected() {
  return { ...CATALOGUE, ...COMPUTED }[chosen()];
}

/** Offers a field for each argument of the chosen validator, with its example. */
function offerFields() {
  const { about, args } = /** @type {Example} */ (EXAMPLES.get(chosen()));
  element('about', HTMLElement).textContent = about;
  inputs = expected().map(([name, kind], index) => ({ name, kind, input: inputFor(name, kind, args[index] ?? '') }));
  fields.replaceChildren(...inputs.map(fieldOf));
}

/** @param {Input} input */
function fieldOf({ name, kind, input }) {
  const label = document.createElement('label');
  label.htmlFor = input.id;
  label.textContent = kind === 'document' ? `${name}, JSON` : name;
  const field = document.createElement('div');
  field.className = 'field';
  field.append(label, input);
  return field;
}

/**
 * @param {string} name
 * @param {ArgumentKind} kind
 * @param {string} value
 */
function inputFor(name, kind, value) {
  const input = document.createElement(kind === 'document' ? 'textarea' : 'input');
  input.id = `argument-${name}`;
  input.spellcheck = false;
  input.autocomplete = 'off';
  if (input instanceof HTMLTextAreaElement) {
    input.rows = Math.min(10, Math.max(2, value.split('\n').length));
  } else {
    input.type = 'text';
    if (kind === 'u64') {
      input.inputMode = 'numeric';
      input.required = true;
      input.pattern = '[0-9]+';
      input.title = 'an integer from 0 to 2^64 - 1';
    }
  }
  input.value = value;
  return input;
}

/** @returns {Promise<Result>} */
async function ask() {
  try {
    const validators = await loadValidators();
    const method = /** @type {(...args: (string | bigint)[]) => ValidationResult | bigint | string} */ (validators[chosen()]);
    return answered(method(...inputs.map(({ kind, input }) => (kind === 'u64' ? BigInt(input.value) : input.value))));
  } catch (error) {
    return failure(error);
  }
}

/**
 * @param {ValidationResult | bigint | string} answer
 * @returns {Result}
 */
function answered(answer) {
  if (typeof answer === 'bigint') return { kind: 'computed', verdict: `Difficulty ${answer}` };
  if (typeof answer === 'string') return { kind: 'computed', verdict: 'Canonical', output: answer };
  const { valid, errors, gas_used: gas } = answer;
  return valid ? { kind: 'valid', verdict: 'Valid', gas } : { kind: 'invalid', verdict: 'Invalid', errors, gas };
}

/**
 * @param {unknown} error
 * @returns {Result}
 */
function failure(error) {
  if (error instanceof ValidationError || error instanceof CanonicalError) {
    return { kind: 'refused', verdict: 'No result', explanation: error.message };
  }
  if (error instanceof FaultError) return { kind: 'fault', verdict: `Fault: ${error.kind}`, explanation: error.detail };
  return { kind: 'argument', verdict: 'Not asked', explanation: error instanceof Error ? error.message : String(error) };
}

/** @param {Result} result */
function show({ kind, verdict, explanation = '', errors = [], output, gas }) {
  element('result', HTMLElement).dataset['kind'] = kind;
  element('verdict', HTMLElement).textContent = verdict;
  element('explanation', HTMLElement).textContent = explanation;
  const list = element('errors', HTMLElement);
  list.hidden = errors.length === 0;
  list.replaceChildren(...errors.map((error) => {
    const item = document.createElement('li');
    item.textContent = error;
    return item;
  }));
  const shown = element('output', HTMLElement);
  shown.hidden = output === undefined;
  shown.textContent = output ?? '';
  element('gas-used', HTMLElement).textContent = gas === undefined ? '' : `${amount(gas)} gas`;
}

async function start() {
  validator.replaceChildren(...GROUPS.map(({ label, examples }) => {
    const group = document.createElement('optgroup');
    group.label = label;
    group.append(...Object.keys(examples).map((name) => new Option(name)));
    return group;
  }));
  offerFields();
  await loadValidators();
  validator.disabled = submit.disabled = example.disabled = false;
  show(await ask());
}

/**
 * Does what a person asked for, and shows why if it cannot be done.
 * @param {() => Promise<void>} action
 */
function act(action) {
  action().catch((error) => show(failure(error)));
}

/** Shows the chosen validator's example with its answer. */
function useExample() {
  offerFields();
  act(async () => show(await ask()));
}

validator.addEventListener('change', useExample);
example.addEventListener('click', useExample);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  act(async () => show(await ask()));
});
// An answer is a keystroke away while an argument is edited.
form.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
act(start);
