// Calls of a module's exports, with what came of them written as the corpus writes it. This file runs in pages too.

import { Composition, Modules } from '../../src/composition.js';
import { MeteredInstance } from '../../src/instance.js';
import { loadMeter } from '../../src/meter.js';
import { Shim, hasFloats } from '../../src/worker/shim.js';
import { parseValue, valueText } from '../../src/worker/values.js';
import { callable } from './outcome.js';

/** @typedef {import('../../src/interface.js').FunctionType} FunctionType */
/** @typedef {import('../../src/interface.js').Interface} Interface */
/** @typedef {import('../../src/interface.js').ValueType} ValueType */
/** @typedef {import('../../src/instance.js').CallOutcome} CallOutcome */
/** @typedef {{ export: string, args: readonly string[] }} Call */

/**
 * Starts an instance and makes calls of it, each under the same limit.
 * @param {Uint8Array} module
 * @param {{ startGas: number, gas: number, calls: readonly Call[] }} run
 * @param {readonly import('./outcome.js').Callable[]} [modules] that the guest can call
 * @returns {Promise<string[]>} a line for the start and, unless it trapped, one for each call
 */
export async function callOutcomes(module, { startGas, gas, calls }, modules = []) {
  const meter = await loadMeter();
  const { bytes, originalSha256, interface: shape } = meter.meter(module);
  const composition = new Composition(await Modules.prepare(callable(modules)), meter.constants, [originalSha256]);
  const instance = await MeteredInstance.makeAsync({
    module: await WebAssembly.compile(/** @type {Uint8Array<ArrayBuffer>} */ (bytes)),
    bytes,
    interface: shape,
    stackLimitWords: meter.constants.stack_limit_words,
  }, composition);
  const types = functionTypes(shape);
  const floats = new Map([...types].filter(([, type]) => hasFloats(type)));
  const wrappers = new Shim({ functions: floats, globals: new Map() }).link(instance.exports);

  /** @type {(name: string, limit: number, outcome: CallOutcome, results: readonly ValueType[]) => string} */
  const line = (name, limit, outcome, results) => {
    const used = outcome.trapped === null ? limit - instance.gasLeft : limit;
    return `${name}: ${outcomeText(outcome, results)} | gas ${used} | high ${instance.stackHighWater}`;
  };
  instance.begin(startGas);
  const started = instance.start();
  const lines = [line('start', startGas, started, [])];
  if (started.trapped !== null) return lines;
  for (const { export: name, args } of calls) {
    const type = types.get(name);
    if (type === undefined) throw new Error(`the module exports no function '${name}'`);
    const values = type.params.map((param, index) => parseValue(args[index] ?? '', param, NO_FUNCTIONS));
    instance.begin(gas);
    const outcome = instance.call(wrappers[name] ?? instance.function(name), values);
    lines.push(line(name, gas, outcome, type.results));
  }
  return lines;
}

/** A reference to a function is told by its index, and only the worker knows those. */
const NO_FUNCTIONS = {
  byIndex: () => {
    throw new Error('no reference can be passed');
  },
  indexOf: () => {
    throw new Error('no reference can be read');
  },
};

/**
 * @param {Interface} shape
 * @returns {Map<string, FunctionType>}
 */
function functionTypes({ exports }) {
  return new Map([...exports].flatMap(([name, item]) => (item.kind === 'function' ? [[name, item]] : [])));
}

/**
 * @param {CallOutcome} outcome
 * @param {readonly ValueType[]} types
 */
function outcomeText(outcome, types) {
  if (outcome.trapped !== null) return `trapped ${outcome.trapped}`;
  const values = types.length > 1 ? /** @type {unknown[]} */ (outcome.results) : [outcome.results];
  return `completed [${types.map((type, index) => valueText(values[index], type, NO_FUNCTIONS)).join(', ')}]`;
}
