// This worker has a browser observe: it starts one with a page of its own, and connects the page to its own standard input
// and output. The page speaks the worker protocol; what passes is not looked at here.
//
//   node main.js chromium /usr/bin/chromium --js-flags=--liftoff-only
//   node main.js firefox /usr/bin/firefox-esr javascript.options.wasm_baselinejit=false
//
// What follows the program is the browser's: Chromium's command line, Firefox' preferences. Two flags are the page's:
// `--warm-up=TIMES` is as in Node, and with `--in-worker` it is a worker of the page that observes.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { folder, serve } from '../../../scripts/static-server.js';
import { warmUps } from '../warm-up.js';
import { browserOf, browserVersion } from './browsers.js';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

const PACKAGE = fileURLToPath(new URL('../../../', import.meta.url));
const KEEPER = fileURLToPath(new URL('keeper.js', import.meta.url));
const PAGE = '/src/worker/page/index.html';
const OURS = /^--(in-worker|warm-up=.*)$/;

/**
 * Why the worker stops before it is done.
 * @type {(reason: string) => void}
 */
let fail;
/** @type {() => void} */
let succeed;
const ended = new Promise((resolve, reject) => {
  succeed = () => resolve(undefined);
  fail = (reason) => reject(new Error(reason));
});

async function main() {
  const [kind = '', program = '', ...flags] = process.argv.slice(2);
  browserOf(kind);
  const options = {
    warmUps: warmUps(flags.filter((flag) => flag.startsWith('--warm-up'))),
    inWorker: flags.includes('--in-worker'),
    greeting: { engine: kind, version: await browserVersion(program), flags },
  };
  const server = await serve([{ prefix: '/', read: folder(PACKAGE) }], {
    routes: new Map([
      ['GET /worker/options', (_, response) => response.end(JSON.stringify(options))],
      ['GET /worker/input', input],
      ['POST /worker/output', output],
      ['POST /worker/end', end],
    ]),
  });
  const words = [KEEPER, kind, program, server.origin + PAGE, ...flags.filter((flag) => !OURS.test(flag))];
  // Whoever interrupts this program's group does not interrupt the keeper, which then has the browser to end.
  const keeper = spawn(process.execPath, words, { stdio: ['pipe', 'ignore', 'inherit'], detached: true });
  const kept = once(keeper, 'close');
  kept.then(() => fail('the browser is gone'), (error) => fail(String(error)));
  process.stdout.on('error', (error) => fail(`nobody reads the answers: ${error.message}`));
  try {
    await ended;
  } finally {
    keeper.stdin.end();
    await kept;
    await server.close();
  }
}

/** @type {(request: Request, response: Response) => void} */
function input(_, response) {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' });
  response.flushHeaders();
  // A page that crashes hears nothing any more; one that is loaded again has not heard the beginning.
  response.on('close', () => {
    if (!response.writableFinished) fail('the page is gone');
  });
  process.stdin.pipe(response);
}

/** @type {(request: Request, response: Response) => void} */
function output(request, response) {
  request.pipe(process.stdout, { end: false });
  request.on('end', () => response.writeHead(204).end());
}

/** @type {(request: Request, response: Response) => Promise<void>} */
async function end(request, response) {
  const reason = await text(request);
  response.writeHead(204).end();
  if (reason === '') succeed();
  else fail(`the page stopped: ${reason}`);
}

try {
  await main();
  process.exit(0);
} catch (error) {
  process.stderr.write(`the worker stopped: ${error instanceof Error ? error.message : error}\n`);
  process.exit(2);
}
