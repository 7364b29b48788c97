// A picture of a page is for people: tests take some if they are told where to.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** A folder to put pictures in. */
const PICTURES = process.env['PLAYGROUND_PICTURES'];

/**
 * @param {import('./browser.js').Page} page
 * @param {string} name
 */
export async function picture(page, name) {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}
