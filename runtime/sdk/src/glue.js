// Glue is what wasm-bindgen writes around the package's own wasm. What stops in the middle of it, by a panic or at the
// end of the memory or the stack, leaves that wasm's memory in no good state.

import { FaultError } from './errors.js';

/** @typedef {import('./errors.js').FaultKind} FaultKind */

/** Calls through glue, each of which begins with a wasm that is in order. */
export class GlueCalls {
  #reset;
  #faultKind;
  #inOrder = true;

  /**
   * @param {{ __wbg_reset_state(): void }} glue
   * @param {FaultKind} faultKind what it is called if a call stops in the middle
   */
  constructor(glue, faultKind) {
    this.#reset = glue.__wbg_reset_state;
    this.#faultKind = faultKind;
  }

  /**
   * @template T
   * @param {() => T} call
   * @param {(thrown: unknown) => Error | null} refusal what Rust returned as an error; null if it is nothing of Rust's
   * @returns {T}
   */
  run(call, refusal) {
    if (!this.#inOrder) this.#reset();
    // Said beforehand: at the end of the stack there may be no room to say it afterwards.
    this.#inOrder = false;
    try {
      const result = call();
      this.#inOrder = true;
      return result;
    } catch (error) {
      const refused = refusal(error);
      if (refused === null) throw new FaultError(this.#faultKind, String(error), { cause: error });
      this.#inOrder = true;
      throw refused;
    }
  }
}
