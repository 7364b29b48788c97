// Frames over HTTP: what a worker elsewhere reads and writes by its pipes, a page reads from a response and posts.

/** Longer frames are a mistake of the sender: the largest case is far smaller. */
const MAX_FRAME_BYTES = 1 << 28;

/**
 * The values of a stream's frames, all that have come at once.
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {AsyncGenerator<unknown[], void, void>}
 */
export async function* batches(stream) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = stream.getReader();
  let bytes = new Uint8Array();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    bytes = joined(bytes, value);
    const values = [];
    let at = 0;
    for (let end = frameEnd(bytes, at); end <= bytes.length; end = frameEnd(bytes, at)) {
      values.push(JSON.parse(decoder.decode(bytes.subarray(at + 4, end))));
      at = end;
    }
    bytes = bytes.subarray(at);
    yield values;
  }
  if (bytes.length > 0) throw new Error('the input ends within a frame');
}

/**
 * Where a frame ends that begins here; beyond the bytes if it is not complete.
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function frameEnd(bytes, at) {
  if (bytes.length < at + 4) return Infinity;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
  if (length > MAX_FRAME_BYTES) throw new Error(`a frame of ${length} bytes is longer than ${MAX_FRAME_BYTES}`);
  return at + 4 + length;
}

/**
 * @param {Uint8Array} first
 * @param {Uint8Array} second
 */
function joined(first, second) {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Frames that are posted, in order. */
export class Output {
  #url;
  #encoder = new TextEncoder();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  #waiting = [];
  /** @type {Promise<Response>} */
  #posted = Promise.resolve(new Response());

  /** @param {string} url */
  constructor(url) {
    this.#url = url;
  }

  /**
   * Adds a frame to what is posted next.
   * @param {unknown} value
   */
  write(value) {
    const text = this.#encoder.encode(JSON.stringify(value));
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, text.length, true);
    this.#waiting.push(length, text);
  }

  /** Posts what was written, once what was posted before has arrived; the page goes on meanwhile. */
  async flush() {
    await this.arrived();
    if (this.#waiting.length === 0) return;
    this.#posted = fetch(this.#url, { method: 'POST', body: new Blob(this.#waiting) });
    this.#waiting = [];
  }

  /** Waits until what was posted is there. */
  async arrived() {
    const { ok, status } = await this.#posted;
    if (!ok) throw new Error(`an answer was not taken: ${status}`);
  }
}
