// A static server gives files to a browser on this machine, and to nobody else.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';

/** What a page's file is, by how its name ends. Nothing else is served. */
const TYPES = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.wasm', 'application/wasm'],
]);

/** @typedef {(path: string) => Promise<Uint8Array>} Read the content of a file that a folder may have, below it */

/** @typedef {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void} Route */

/**
 * Serves folders under prefixes of the path, the first that fits, and beside them what is no file.
 * @param {readonly { prefix: string, read: Read }[]} folders
 * @param {object} [options]
 * @param {number} [options.port] any free one if 0
 * @param {ReadonlyMap<string, Route>} [options.routes] by method and path, `GET /answer`
 * @returns {Promise<{ origin: string, close(): Promise<void> }>}
 */
export async function serve(folders, { port = 0, routes = new Map() } = {}) {
  const server = createServer(async (request, response) => {
    const route = routes.get(`${request.method} ${request.url}`);
    if (route !== undefined) return route(request, response);
    try {
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://loopback').pathname);
      const file = path.endsWith('/') ? `${path}index.html` : path;
      const type = TYPES.get(extname(file));
      const folder = folders.find(({ prefix }) => file.startsWith(prefix));
      if (type === undefined || folder === undefined || request.method !== 'GET') throw new Error(`nothing at ${file}`);
      const content = await folder.read(file.slice(folder.prefix.length));
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
      response.end(content);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('not found\n');
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * Reads the files of a folder, and none outside it.
 * @param {string} folder
 * @returns {Read}
 */
export function folder(folder) {
  return async (path) => {
    const file = join(folder, path);
    if (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) throw new Error(`${path} is outside`);
    return readFile(file);
  };
}
