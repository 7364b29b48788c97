// A request is one case with a number; its response carries the same number, and an observation or a fault.

import { FaultError } from '../errors.js';
import { inputBytes } from '../guards.js';
import { engineFault } from '../trap.js';
import { observe } from './case.js';
import { platform } from './platform.js';

/** @typedef {import('../errors.js').FaultKind} FaultKind */
/** @typedef {import('./case.js').Call} Call */
/** @typedef {import('./case.js').Case} Case */
/** @typedef {import('./case.js').Means} Means */
/** @typedef {import('./case.js').Observation} Observation */
/** @typedef {import('./case.js').Run} Run */

/**
 * @typedef {{ id: unknown, observation: Observation } | { id: unknown, fault: { kind: FaultKind, detail: string } }} Response
 */

/**
 * Answers a request, whatever happens.
 * @param {Means} means
 * @param {unknown} request
 * @returns {Response}
 */
export function answer(means, request) {
  const id = isRecord(request) ? request['id'] : null;
  try {
    return { id, observation: observe(means, readCase(request)) };
  } catch (error) {
    const { kind, detail } = error instanceof Malformed ? new FaultError('Usage', error.message) : engineFault(error);
    return { id, fault: { kind, detail } };
  }
}

/** A request that is not one, or asks for what cannot be. */
class Malformed extends Error {}

/**
 * @param {unknown} request
 * @returns {Case}
 */
function readCase(request) {
  if (!isRecord(request)) throw new Malformed('a request must be an object');
  return {
    module: platform().fromBase64(text(request, 'module')),
    modules: readModules(request['modules'] ?? {}),
    runs: list(request, 'runs').map(readRun),
    calls: request['calls'] === undefined ? [] : list(request, 'calls').map(readText),
  };
}

/**
 * The modules that guests can call, by name.
 * @param {unknown} modules
 * @returns {Case['modules']}
 */
function readModules(modules) {
  if (!isRecord(modules)) throw new Malformed('modules must be an object');
  return Object.entries(modules).map(([name, module]) => {
    if (!isRecord(module)) throw new Malformed('a module must be an object');
    return { name, original: platform().fromBase64(text(module, 'bytes')), gasLimit: gas(module, 'gas') };
  });
}

/**
 * @param {unknown} run
 * @returns {Run}
 */
function readRun(run) {
  if (!isRecord(run)) throw new Malformed('a run must be an object');
  switch (run['kind']) {
    case 'exports':
      return { kind: 'exports', startGas: gas(run, 'start_gas'), calls: list(run, 'calls').map(readCall) };
    case 'abi':
      return { kind: 'abi', method: text(run, 'method'), input: readInput(run), gas: gas(run, 'gas') };
    default:
      throw new Malformed(`a run must be of kind exports or abi, not ${run['kind']}`);
  }
}

/**
 * @param {unknown} call
 * @returns {Call}
 */
function readCall(call) {
  if (!isRecord(call)) throw new Malformed('a call must be an object');
  return { export: text(call, 'export'), args: list(call, 'args').map(readText), gas: gas(call, 'gas') };
}

/** @param {unknown} value */
function readText(value) {
  if (typeof value === 'string') return value;
  throw new Malformed('args and calls must be strings');
}

/** @param {Fields} run */
function readInput(run) {
  try {
    return inputBytes(text(run, 'input'), 'input');
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) throw new Malformed(error.message);
    throw error;
  }
}

/**
 * The harness sweeps limits, so any amount of gas that a JavaScript number holds exactly will do.
 * @param {Fields} record
 * @param {string} name
 * @returns {number}
 */
function gas(record, name) {
  const value = record[name];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new Malformed(`${name} must be a whole number, not ${value}`);
}

/**
 * @param {Fields} record
 * @param {string} name
 * @returns {string}
 */
function text(record, name) {
  const value = record[name];
  if (typeof value === 'string') return value;
  throw new Malformed(`${name} must be a string`);
}

/**
 * @param {Fields} record
 * @param {string} name
 * @returns {unknown[]}
 */
function list(record, name) {
  const value = record[name];
  if (Array.isArray(value)) return value;
  throw new Malformed(`${name} must be an array`);
}

/** @typedef {Record<string, unknown>} Fields */

/**
 * @param {unknown} value
 * @returns {value is Fields}
 */
function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
