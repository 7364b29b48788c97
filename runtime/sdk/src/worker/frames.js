// A frame is a length, u32 little-endian, and that many bytes of UTF-8 JSON. Frames are read and written
// synchronously: the worker does one thing at a time, and an event loop would only add to each case's time.

import { Buffer } from 'node:buffer';
import { readSync, writeSync } from 'node:fs';

/** Longer frames are a mistake of the sender: the largest case is far smaller. */
const MAX_FRAME_BYTES = 1 << 28;

/** Reads frames from a file descriptor, several at a time if they are there. */
export class FrameReader {
  #descriptor;
  #buffer = Buffer.allocUnsafe(1 << 16);
  #start = 0;
  #end = 0;

  /** @param {number} descriptor */
  constructor(descriptor) {
    this.#descriptor = descriptor;
  }

  /**
   * The next frame's value, or undefined at the end of the input.
   * @returns {unknown}
   */
  read() {
    if (!this.#fill(4)) {
      if (this.#start === this.#end) return undefined;
      throw new Error('the input ends within the length of a frame');
    }
    const length = this.#buffer.readUInt32LE(this.#start);
    if (length > MAX_FRAME_BYTES) throw new Error(`a frame of ${length} bytes is longer than ${MAX_FRAME_BYTES}`);
    if (!this.#fill(4 + length)) throw new Error('the input ends within a frame');
    const from = this.#start + 4;
    this.#start = from + length;
    return JSON.parse(this.#buffer.toString('utf8', from, this.#start));
  }

  /**
   * Makes sure that this many bytes are in the buffer.
   * @param {number} count
   * @returns {boolean} false if the input ends before
   */
  #fill(count) {
    if (this.#start === this.#end) this.#start = this.#end = 0;
    if (this.#start + count > this.#buffer.length) this.#makeRoom(count);
    while (this.#end - this.#start < count) {
      const got = retrying(() => readSync(this.#descriptor, this.#buffer, this.#end, this.#buffer.length - this.#end, null));
      if (got === 0) return false;
      this.#end += got;
    }
    return true;
  }

  /** @param {number} count */
  #makeRoom(count) {
    const old = this.#buffer;
    if (count > old.length) this.#buffer = Buffer.allocUnsafe(Math.max(count, 2 * old.length));
    this.#end = old.copy(this.#buffer, 0, this.#start, this.#end);
    this.#start = 0;
  }
}

/**
 * Writes one frame.
 * @param {number} descriptor
 * @param {unknown} value
 */
export function writeFrame(descriptor, value) {
  const text = JSON.stringify(value);
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(4 + length);
  frame.writeUInt32LE(length, 0);
  frame.write(text, 4, 'utf8');
  for (let written = 0; written < frame.length; ) {
    written += retrying(() => writeSync(descriptor, frame, written));
  }
}

/** Where a thread that has nothing to do sleeps. */
const never = new Int32Array(new SharedArrayBuffer(4));

/**
 * Pipes can be in non-blocking mode, where a call that would wait fails instead.
 * @param {() => number} call
 * @returns {number} what it did; 0 at the end of the input
 */
function retrying(call) {
  for (;;) {
    try {
      return call();
    } catch (error) {
      const code = /** @type {NodeJS.ErrnoException} */ (error).code;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN' && code !== 'EINTR') throw error;
      Atomics.wait(never, 0, 0, 1);
    }
  }
}
