// The meter's wasm where there is none: browsers. Bundlers know this form of URL and carry the file along.

/** @returns {Promise<Uint8Array>} */
export async function meterBytes() {
  const response = await fetch(new URL('../../dist/meter/meter_bg.wasm', import.meta.url));
  if (!response.ok) throw new Error(`failed to fetch ${response.url}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}
