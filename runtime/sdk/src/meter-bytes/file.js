// The meter's wasm where there is a file system: Node, Bun, Deno.

import { readFile } from 'node:fs/promises';

/** @returns {Promise<Uint8Array>} */
export async function meterBytes() {
  return readFile(new URL('../../dist/meter/meter_bg.wasm', import.meta.url));
}
