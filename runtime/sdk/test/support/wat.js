// Guests are written as text.

import initWabt from 'wabt';

const wabt = await initWabt();

/** What the profile takes; a test of what it refuses names more. */
const FEATURES = {
  bulk_memory: true,
  extended_const: true,
  multi_value: true,
  mutable_globals: true,
  reference_types: true,
  sat_float_to_int: true,
  sign_extension: true,
};

/**
 * The binary of a module in text form.
 * @param {string} text
 * @param {Record<string, boolean>} [more] features beyond the profile
 * @returns {Uint8Array}
 */
export function wasm(text, more = {}) {
  const parsed = wabt.parseWat('guest.wat', text, { ...FEATURES, ...more });
  try {
    return parsed.toBinary({}).buffer;
  } finally {
    parsed.destroy();
  }
}
