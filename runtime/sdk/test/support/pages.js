// The pages in which a browser sees the SDK: as its modules are, and bundled.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { folder, serve } from '../../scripts/static-server.js';
import { Browser } from './browser.js';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = fileURLToPath(new URL('../browser/pages/', import.meta.url));

/** What a page is called, and where it is served. */
export const KINDS = /** @type {const} */ ([
  ['an unbundled', '/test/browser/pages/unbundled.html'],
  ['a bundled', '/bundle/bundled.html'],
]);

/** A browser, and a server of the pages. */
export class Pages {
  #browser;
  #server;
  #bundle;

  /**
   * @param {Browser} browser
   * @param {Awaited<ReturnType<typeof serve>>} server
   * @param {string} bundle
   */
  constructor(browser, server, bundle) {
    this.#browser = browser;
    this.#server = server;
    this.#bundle = bundle;
  }

  static async open() {
    const bundle = mkdtempSync(join(tmpdir(), 'sdk-bundle-'));
    await build({
      entryPoints: [join(PAGES, 'bundled.js'), join(PAGES, 'bundled.html')],
      outdir: bundle,
      bundle: true,
      splitting: true,
      minify: true,
      format: 'esm',
      loader: { '.wasm': 'file', '.html': 'copy' },
      logLevel: 'warning',
    });
    const server = await serve([
      { prefix: '/bundle/', read: folder(bundle) },
      { prefix: '/', read: folder(PACKAGE) },
    ]);
    return new Pages(await Browser.launch(), server, bundle);
  }

  /**
   * Opens a page and does something in it, once it offers what it has.
   * @template A, T
   * @param {string} path
   * @param {(argument: A) => T | Promise<T>} inPage runs there
   * @param {A} argument
   * @returns {Promise<T>}
   */
  async evaluate(path, inPage, argument) {
    return this.#browser.visit(this.#server.origin + path, async (page) => {
      await page.waitForFunction(() => 'run' in globalThis);
      return page.evaluate(/** @type {any} */ (inPage), argument);
    });
  }

  async close() {
    await this.#browser.close();
    await this.#server.close();
    rmSync(this.#bundle, { recursive: true, force: true });
  }
}
