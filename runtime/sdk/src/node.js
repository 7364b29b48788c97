// The SDK where there is a file system: Node, Bun, Deno. It differs from the SDK elsewhere in one thing: what lies in a
// file is read, not fetched.

import { readFile } from 'node:fs/promises';
import { fetchBytes, readUrlsWith } from './wasm-source.js';

readUrlsWith((url) => (url.protocol === 'file:' ? readFile(url) : fetchBytes(url)));

export * from './index.js';
