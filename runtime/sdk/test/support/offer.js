// What a page offers to the test that drives it.

import { callValidator } from '../../src/worker/validator-call.js';
import { callOutcomes } from './calls.js';
import { exampleResults } from './example.js';
import { runOutcome, validationOutcome } from './outcome.js';

/** @typedef {import('./outcome.js').Callable} Callable */
/** @typedef {typeof import('../../src/index.js')} Sdk */

/** @param {Sdk} sdk */
export function offer(sdk) {
  Object.assign(globalThis, {
    /** @type {(module: ArrayLike<number>, run: { method: string, input: string, gas: number }, modules?: Callable[]) => Promise<string>} */
    run: (module, run, modules) => runOutcome(sdk, new Uint8Array(module), run, modules),
    /** @type {(module: ArrayLike<number>, run: Parameters<typeof callOutcomes>[1], modules?: Callable[]) => Promise<string[]>} */
    call: (module, run, modules) => callOutcomes(new Uint8Array(module), run, modules),
    /** @type {(module: ArrayLike<number>) => Promise<string>} */
    validate: (module) => validationOutcome(sdk, new Uint8Array(module)),
    /** @type {(calls: string[]) => Promise<string[]>} */
    answers: async (calls) => {
      const validators = await sdk.loadValidators();
      return calls.map((call) => callValidator(validators, call));
    },
    example: () => exampleResults(sdk),
  });
}
