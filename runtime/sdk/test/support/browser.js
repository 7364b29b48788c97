// A browser is Debian's Chromium, or the one that the environment names, without a window.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright-core';

/** @typedef {import('playwright-core').Page} Page */

export const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** It may run as root, and it asks nobody for anything. */
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** A running browser with a profile of its own. */
export class Browser {
  #context;
  #profile;

  /**
   * @param {import('playwright-core').BrowserContext} context
   * @param {string} profile
   */
  constructor(context, profile) {
    this.#context = context;
    this.#profile = profile;
  }

  static async launch() {
    assert.ok(existsSync(EXECUTABLE), `failed to find ${EXECUTABLE}\nrun \`apt-get install chromium\`, or set CHROMIUM`);
    const profile = mkdtempSync(join(tmpdir(), 'sdk-chromium-'));
    const context = await chromium.launchPersistentContext(profile, { executablePath: EXECUTABLE, args: FLAGS });
    return new Browser(context, profile);
  }

  /**
   * Opens a page, hands it over, and asks that it complained of nothing.
   * @template T
   * @param {string} url
   * @param {(page: Page) => Promise<T>} use
   * @returns {Promise<T>}
   */
  async visit(url, use) {
    const page = await this.#context.newPage();
    /** @type {string[]} */
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('requestfailed', (request) => complaints.push(`failed to load ${request.url()}`));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    try {
      await page.goto(url);
      const result = await use(page);
      assert.deepEqual(complaints, []);
      return result;
    } catch (error) {
      if (complaints.length > 0) throw new Error(`the page complained: ${complaints.join('\n')}`, { cause: error });
      throw error;
    } finally {
      await page.close();
    }
  }

  async close() {
    await this.#context.close();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
