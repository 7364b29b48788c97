// A keeper has a browser run, with a profile of its own, for as long as its own standard input is open: who started it can
// be killed, and still no browser and no profile are left behind.
//
//   node keeper.js KIND PROGRAM URL FLAG…

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { browserOf } from './browsers.js';

/** How much is shown of what a browser wrote that ended by itself. Browsers write a lot. */
const LAST_WORDS = 400;

const [kind = '', program = '', url = '', ...flags] = process.argv.slice(2);
const { prepare, words } = browserOf(kind);
const profile = mkdtempSync(join(tmpdir(), `modal-lane-${kind}-`));
try {
  prepare(profile, flags);
  await keep();
} finally {
  // Processes of the browser that are just being ended may still write.
  rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}
// Its own input may still be open.
process.exit();

async function keep() {
  // All that it would leave in a home or a folder for temporary files it leaves in its profile.
  const env = { ...process.env, HOME: profile, TMPDIR: profile, XDG_RUNTIME_DIR: profile, MOZ_CRASHREPORTER_DISABLE: '1' };
  const browser = spawn(program, words(profile, url, flags), { stdio: ['ignore', 'ignore', 'pipe'], detached: true, env });
  let said = '';
  browser.stderr.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-LAST_WORDS)));
  const released = once(process.stdin.resume(), 'end').then(() => 'released');
  const how = await Promise.race([released, once(browser, 'close')]);
  if (how === 'released') {
    // The browser and all that it started: it leads a group of processes.
    if (browser.pid !== undefined) process.kill(-browser.pid, 'SIGKILL');
    return;
  }
  const [code, signal] = how;
  process.stderr.write(`${program} ended with ${signal ?? `code ${code}`}; it said: ${said.trim()}\n`);
  process.exitCode = 1;
}
