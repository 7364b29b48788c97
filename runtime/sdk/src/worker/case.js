// A case is a module, the runs to make of it and calls of validators. Observing one gives all that this engine saw.

import { callAbi, checkAbi } from '../abi.js';
import { RejectionError } from '../errors.js';
import { sha256 } from './state.js';
import { callValidator } from './validator-call.js';
import { hex32, hex64 } from './values.js';

/** @typedef {import('../abi.js').Violation} Violation */
/** @typedef {import('../composition.js').Modules} Modules */
/** @typedef {import('../instance.js').MeteredInstance} MeteredInstance */
/** @typedef {import('../trap.js').TrapKind} TrapKind */
/** @typedef {import('../validators.js').Validators} Validators */
/** @typedef {import('./guest.js').Guest} Guest */
/** @typedef {import('./prepared.js').PreparedModule} PreparedModule */
/** @typedef {import('./prepared.js').PreparedModules} PreparedModules */
/** @typedef {import('./state.js').State} State */

/** @typedef {{ export: string, args: string[], gas: number }} Call */
/** @typedef {{ kind: 'exports', startGas: number, calls: Call[] }} ExportsRun */
/** @typedef {{ kind: 'abi', method: string, input: Uint8Array, gas: number }} AbiRun */
/** @typedef {ExportsRun | AbiRun} Run */
/** @typedef {{ name: string, original: Uint8Array, gasLimit: number }} CallableModule */
/** @typedef {{ module: Uint8Array, modules: CallableModule[], runs: Run[], calls: string[] }} Case */

/** @typedef {{ completed: string[] } | { output: string } | { trapped: TrapKind } | { violated: Violation }} Outcome */

/**
 * A call that a guest made to the host, and what `modal.call` came to if it returned.
 * @typedef {{ module: string, name: string, args: string[], called?: ModuleCall }} HostCall
 */

/**
 * @typedef {object} ModuleCall
 * @property {string} name
 * @property {number} returned
 * @property {number} gas_limit
 * @property {number} gas_used
 * @property {number} stack_high_water
 * @property {string | null} result_sha256
 * @property {HostCall[]} host_calls
 */

/**
 * @typedef {object} Step
 * @property {Outcome} outcome
 * @property {number} gas_used
 * @property {number} gas_left
 * @property {number} stack_high_water
 * @property {HostCall[]} host_calls
 * @property {State | null} state
 */

/**
 * @typedef {object} Observation
 * @property {{ accepted: { metered_sha256: string } } | { rejected: { kind: string, message: string } }} module
 * @property {{ steps: Step[] }[]} runs
 * @property {string[]} answers what the SDK's validators answer to the calls
 */

/**
 * What a case is observed with.
 * @typedef {{ modules: PreparedModules, validators: Validators }} Means
 */

/**
 * Runs a case: each run has an instance of its own, and the validators are called outside of any.
 * @param {Means} means
 * @param {Case} subject
 * @returns {Observation}
 * @throws {import('../errors.js').FaultError} if the case cannot be observed
 */
export function observe({ modules, validators }, { module, modules: named, runs, calls }) {
  const answers = calls.map((call) => callValidator(validators, call));
  let prepared;
  try {
    prepared = modules.get(module);
  } catch (error) {
    if (!(error instanceof RejectionError)) throw error;
    return { module: { rejected: { kind: error.kind, message: error.message } }, runs: [], answers };
  }
  const { meteredSha256: metered_sha256 } = prepared;
  const callable = modules.callable(named);
  const steps = runs.map((run) => {
    return run.kind === 'exports' ? runExports(prepared, callable, run) : runAbi(prepared, callable, run);
  });
  return { module: { accepted: { metered_sha256 } }, runs: steps.map((steps) => ({ steps })), answers };
}

/**
 * @param {PreparedModule} prepared
 * @param {Modules} callable
 * @param {ExportsRun} run
 * @returns {Step[]}
 */
function runExports(prepared, callable, { startGas, calls }) {
  const [instance, guest] = prepared.instantiate(callable);
  instance.begin(startGas);
  const started = instance.start();
  if (started.trapped !== null) return [step({ trapped: started.trapped }, startGas, instance, guest)];
  return [
    step({ completed: [] }, startGas, instance, guest),
    ...calls.map(({ export: name, args, gas }) => step(guest.call(name, args, gas), gas, instance, guest)),
  ];
}

/**
 * @param {PreparedModule} prepared
 * @param {Modules} callable
 * @param {AbiRun} run
 * @returns {Step[]}
 */
function runAbi(prepared, callable, { method, input, gas }) {
  const violation = checkAbi(prepared.interface, method);
  if (violation !== null) return [stepBeforeInstance(violation, gas)];
  const [instance, guest] = prepared.instantiate(callable);
  return [step(callAbi(instance, method, input, gas), gas, instance, guest)];
}

/**
 * @param {Outcome} outcome
 * @param {number} gasLimit
 * @param {MeteredInstance} instance
 * @param {Guest} guest
 * @returns {Step}
 */
function step(outcome, gasLimit, instance, guest) {
  const gas_left = 'completed' in outcome || 'output' in outcome ? instance.gasLeft : 0;
  return {
    outcome,
    gas_used: gasLimit - gas_left,
    gas_left,
    stack_high_water: instance.stackHighWater,
    host_calls: instance.hostCalls.map(hostCall),
    state: guest.state(),
  };
}

/**
 * @param {import('../instance.js').HostCall} call
 * @returns {HostCall}
 */
function hostCall({ module, name, args, called }) {
  const texts = args.map((value) => (typeof value === 'bigint' ? `i64:${hex64(value)}` : `i32:${hex32(value)}`));
  const call = { module, name, args: texts };
  if (called === null) return call;
  const { result, host_calls, ...numbers } = called;
  const result_sha256 = result === null ? null : sha256(result);
  return { ...call, called: { ...numbers, result_sha256, host_calls: host_calls.map(hostCall) } };
}

/**
 * @param {Violation} violated
 * @param {number} gasLimit
 * @returns {Step}
 */
function stepBeforeInstance(violated, gasLimit) {
  return { outcome: { violated }, gas_used: gasLimit, gas_left: 0, stack_high_water: 0, host_calls: [], state: null };
}
