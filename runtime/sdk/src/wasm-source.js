// A wasm source is where one of the package's two wasm files comes from: the caller's hands, or a URL.

import { bytes, kindOf } from './guards.js';

/**
 * A wasm file, in exactly one of three forms: compiled, as bytes, or by its URL.
 * @typedef {{ module: WebAssembly.Module } | { bytes: Uint8Array | ArrayBuffer } | { url: string | URL }} WasmSource
 */

/** @typedef {(url: URL) => Promise<Uint8Array>} ReadUrl */

const FORMS = /** @type {const} */ (['module', 'bytes', 'url']);

/** @type {ReadUrl} */
let readUrl = fetchBytes;

/**
 * Sets how URLs are read from here on. Entry points of the package do this, before anything is loaded.
 * @param {ReadUrl} read
 */
export function readUrlsWith(read) {
  readUrl = read;
}

/**
 * A source's wasm, compiled.
 * @param {WasmSource} source
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compileWasm(source) {
  if ('module' in source) return source.module;
  const wasm = 'bytes' in source ? bytes(source.bytes, 'bytes') : await readUrl(absolute(source.url));
  return WebAssembly.compile(/** @type {Uint8Array<ArrayBuffer>} */ (wasm));
}

/**
 * A loader that loads once: later calls give what the first one loads, whatever source they name.
 * @template T
 * @param {(source: WasmSource | undefined) => Promise<T>} load
 * @returns {(source?: WasmSource) => Promise<T>} which rejects with a TypeError if the source is none
 */
export function loadOnce(load) {
  /** @type {Promise<T> | undefined} */
  let loading;
  return async (source) => {
    const checked = source === undefined ? undefined : aWasmSource(source, 'source');
    loading ??= load(checked).catch((error) => {
      // The next call tries again: a network that failed once need not fail for ever.
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/** @type {ReadUrl} */
export async function fetchBytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`failed to fetch ${url}: ${response.status} ${response.statusText}`.trimEnd());
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * A page's URLs are relative to the page; where there is no page they have to be whole.
 * @param {string | URL} url
 */
function absolute(url) {
  return new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
}

/**
 * Checks a source, without touching what it names.
 * @param {unknown} value
 * @param {string} name
 * @returns {WasmSource}
 * @throws {TypeError} if it is not exactly one of the three forms
 */
function aWasmSource(value, name) {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${name} must be an object, not ${kindOf(value)}`);
  const given = /** @type {Record<string, unknown>} */ (value);
  const forms = FORMS.filter((form) => given[form] !== undefined);
  const [form] = forms;
  if (form === undefined || forms.length > 1) throw new TypeError(`${name} must have one of module, bytes and url`);
  switch (form) {
    case 'module':
      if (given[form] instanceof WebAssembly.Module) return { module: given[form] };
      throw new TypeError(`${name}.module must be a WebAssembly.Module, not ${kindOf(given[form])}`);
    case 'bytes':
      return { bytes: bytes(given[form], `${name}.bytes`) };
    case 'url':
      if (typeof given[form] === 'string' || given[form] instanceof URL) return { url: given[form] };
      throw new TypeError(`${name}.url must be a string or a URL, not ${kindOf(given[form])}`);
  }
}
