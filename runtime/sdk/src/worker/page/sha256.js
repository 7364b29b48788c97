// SHA-256 (FIPS 180-4), computed at once and in parts: what browsers have of it is neither.

const BLOCK_BYTES = 64;

/** The first 32 bits of the fractional parts of the square roots of the first eight primes. */
const START = Int32Array.of(
  0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
);

/** The same of the cube roots of the first 64. */
const ROUNDS = Int32Array.of(
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
  0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
  0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
  0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
  0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
  0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
  0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
);

/** The message schedule, used within one block only. */
const schedule = new Int32Array(ROUNDS.length);

/** A digest that is being computed. */
export class Sha256 {
  #state = Int32Array.from(START);
  /** What does not fill a block yet. */
  #rest = new Uint8Array(BLOCK_BYTES);
  #length = 0;

  /**
   * @param {Uint8Array} bytes
   * @returns {this}
   */
  update(bytes) {
    const held = this.#length % BLOCK_BYTES;
    let start = 0;
    if (held > 0) {
      start = Math.min(BLOCK_BYTES - held, bytes.length);
      this.#rest.set(bytes.subarray(0, start), held);
      if (held + start === BLOCK_BYTES) compress(this.#state, view(this.#rest), 0);
    }
    const blocks = view(bytes);
    for (; start + BLOCK_BYTES <= bytes.length; start += BLOCK_BYTES) compress(this.#state, blocks, start);
    // Nothing, unless the blocks before are complete.
    this.#rest.set(bytes.subarray(start));
    this.#length += bytes.length;
    return this;
  }

  /** The same digest, which goes on by itself. */
  copy() {
    const copy = new Sha256();
    copy.#state.set(this.#state);
    copy.#rest.set(this.#rest);
    copy.#length = this.#length;
    return copy;
  }

  /** Ends the digest, and gives it in lower hex. */
  digest() {
    const bits = BigInt(this.#length) * 8n;
    // One bit, zeros, and the length in eight bytes fill the last block.
    const zeros = (2 * BLOCK_BYTES - 9 - (this.#length % BLOCK_BYTES)) % BLOCK_BYTES;
    const end = new Uint8Array(1 + zeros + 8);
    end[0] = 0x80;
    view(end).setBigUint64(1 + zeros, bits);
    this.update(end);
    return Array.from(this.#state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

/**
 * @param {Int32Array} state
 * @param {DataView} bytes
 * @param {number} start of the block
 */
function compress(state, bytes, start) {
  for (let i = 0; i < 16; i++) schedule[i] = bytes.getInt32(start + 4 * i);
  for (let i = 16; i < schedule.length; i++) {
    const [x, y] = [word(schedule, i - 15), word(schedule, i - 2)];
    const s0 = rotated(x, 7) ^ rotated(x, 18) ^ (x >>> 3);
    const s1 = rotated(y, 17) ^ rotated(y, 19) ^ (y >>> 10);
    schedule[i] = word(schedule, i - 16) + s0 + word(schedule, i - 7) + s1;
  }
  let [a, b, c, d] = [word(state, 0), word(state, 1), word(state, 2), word(state, 3)];
  let [e, f, g, h] = [word(state, 4), word(state, 5), word(state, 6), word(state, 7)];
  for (let i = 0; i < ROUNDS.length; i++) {
    const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + word(ROUNDS, i) + word(schedule, i)) | 0;
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => {
    state[i] = word(state, i) + value;
  });
}

/**
 * A word of an array that has it.
 * @param {Int32Array} words
 * @param {number} index
 */
function word(words, index) {
  return /** @type {number} */ (words[index]);
}

/**
 * @param {number} value
 * @param {number} count of bits, to the right
 */
function rotated(value, count) {
  return (value >>> count) | (value << (32 - count));
}

/** @param {Uint8Array} bytes */
function view({ buffer, byteOffset, byteLength }) {
  return new DataView(buffer, byteOffset, byteLength);
}
