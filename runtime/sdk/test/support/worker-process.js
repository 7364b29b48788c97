// A worker process, spoken to as the harness does: frames in, frames out.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/worker/main.js', import.meta.url));

/** The worker that has a browser observe. */
export const PAGE = fileURLToPath(new URL('../../src/worker/page/main.js', import.meta.url));

/** A running worker. */
export class WorkerProcess {
  #child;
  #frames;
  /** What it wrote to its standard error. */
  complaints = '';

  /**
   * @param {object} [options]
   * @param {boolean} [options.quiet] if it is expected to complain
   * @param {string[]} [options.words] what Node is to run
   */
  constructor({ quiet = false, words = [MAIN] } = {}) {
    this.#child = spawn(process.execPath, words, { stdio: 'pipe' });
    this.#child.stderr.setEncoding('utf8').on('data', (text) => {
      this.complaints += text;
      if (!quiet) process.stderr.write(text);
    });
    this.#frames = frames(/** @type {import('node:stream').Readable} */ (this.#child.stdout));
  }

  /**
   * The next frame that the worker writes.
   * @returns {Promise<any>}
   */
  async read() {
    const { value, done } = await this.#frames.next();
    assert.ok(!done, 'the worker ended');
    return value;
  }

  /** @param {unknown} value */
  write(value) {
    this.writeBytes(frame(value));
  }

  /** @param {Uint8Array} bytes */
  writeBytes(bytes) {
    this.#stdin.write(bytes);
  }

  /**
   * Waits until the worker ends by itself.
   * @returns {Promise<number>} its exit code
   */
  async ended() {
    const [code] = await once(this.#child, 'close');
    return code;
  }

  /** Ends the worker without asking it. */
  kill() {
    this.#child.kill('SIGKILL');
  }

  get #stdin() {
    return /** @type {import('node:stream').Writable} */ (this.#child.stdin);
  }

  /** Ends the input; answers may be to come. */
  endInput() {
    this.#stdin.end();
  }

  /**
   * Ends the input and waits for the worker to end.
   * @returns {Promise<number>} its exit code
   */
  async end() {
    const exit = once(this.#child, 'exit');
    this.endInput();
    const { done } = await this.#frames.next();
    assert.ok(done, 'the worker wrote more than it was asked for');
    const [code] = await exit;
    return code;
  }
}

/**
 * @param {unknown} value
 * @returns {Buffer}
 */
export function frame(value) {
  const text = Buffer.from(JSON.stringify(value));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text]);
}

/**
 * @param {AsyncIterable<Buffer>} stream
 * @returns {AsyncGenerator<any, void, void>}
 */
async function* frames(stream) {
  let rest = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32LE(0)) {
      const end = 4 + rest.readUInt32LE(0);
      yield JSON.parse(rest.toString('utf8', 4, end));
      rest = rest.subarray(end);
    }
  }
  assert.equal(rest.length, 0, 'the worker stopped within a frame');
}
