// What can go wrong, by whose doing it is: a rejection is the module's before it runs, a trap or a violation is the
// guest's while it runs, a document can be none, a fault is nobody's verdict: the engine, the machine or this package
// broke.

/** @typedef {import('./trap.js').TrapKind} TrapKind */
/** @typedef {import('./abi.js').Violation} Violation */

/**
 * Gas of a run that did not complete: it consumed its whole limit.
 * @typedef {{ gas_used: number, gas_limit: number }} Gas
 */

/** A module that was refused before anything of it ran. */
export class RejectionError extends Error {
  /**
   * @param {string} kind the rule that refused it
   * @param {string} message
   */
  constructor(kind, message) {
    super(message);
    this.name = 'RejectionError';
    this.kind = kind;
  }
}

/** A deterministic stop: every engine stops this run here, for this reason. */
export class TrapError extends Error {
  /**
   * @param {TrapKind} kind
   * @param {Gas} gas
   */
  constructor(kind, { gas_used, gas_limit }) {
    super(`trapped: ${kind}`);
    this.name = 'TrapError';
    this.kind = kind;
    this.gas_used = gas_used;
    this.gas_limit = gas_limit;
  }
}

/** A guest that broke the calling convention: as deterministic as a trap. */
export class ViolationError extends Error {
  /**
   * @param {Violation} violation
   * @param {Gas} gas
   */
  constructor(violation, { gas_used, gas_limit }) {
    const of = violation.export === undefined ? '' : ` '${violation.export}'`;
    super(`the guest broke the calling convention: ${violation.rule}${of}`);
    this.name = 'ViolationError';
    this.rule = violation.rule;
    this.export = violation.export;
    this.gas_used = gas_used;
    this.gas_limit = gas_limit;
  }
}

/** A document that a validator cannot read, so that it has no result. The text is the same on every engine. */
export class ValidationError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'ValidationError';
  }
}

/** A value, or a text, that has no canonical JSON. The text is the same on every engine. */
export class CanonicalError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'CanonicalError';
  }
}

/**
 * - `EngineStackOverflow`: the engine's own stack ended before the metered one.
 * - `EngineOutOfMemory`: the machine refused an allocation.
 * - `EngineRejected`: the engine refuses a module that the meter wrote.
 * - `UnknownTrap`: the engine stopped with a text that is in no table.
 * - `AmbiguousTrap`: the engine's text names two kinds of trap, and nothing tells which it was.
 * - `Counter`: a counter of the meter's holds what no call can have left in it.
 * - `MeterFailed`: the meter itself stopped.
 * - `ValidatorsFailed`: the validators themselves stopped.
 * - `Usage`: the caller asked for something that the module does not have, or that cannot be said.
 * - `Internal`: this package broke a rule of its own.
 * @typedef {'EngineStackOverflow' | 'EngineOutOfMemory' | 'EngineRejected' | 'UnknownTrap' | 'AmbiguousTrap'
 *   | 'Counter' | 'MeterFailed' | 'ValidatorsFailed' | 'Usage' | 'Internal'} FaultKind
 */

/** Something that says nothing about the module: the engine, the machine or this package broke. */
export class FaultError extends Error {
  /**
   * @param {FaultKind} kind
   * @param {string} detail
   * @param {{ cause?: unknown }} [options]
   */
  constructor(kind, detail, options) {
    super(`${kind}: ${detail}`, options);
    this.name = 'FaultError';
    this.kind = kind;
    this.detail = detail;
  }
}
