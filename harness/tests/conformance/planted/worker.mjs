// The SDK's worker with something taken away, to see whether the harness notices.
//
//   node worker.mjs                what meters is the caller: a request's "module" holds metered bytes and their interface
//   node worker.mjs raw-floats     the same, and floats cross between JavaScript and the guest as numbers
//   node worker.mjs free-callees   the same, and a called module's gas is not charged; and so on, see below

import { Buffer } from 'node:buffer';
import process from 'node:process';
import { RejectionError } from '../../../../runtime/sdk/src/errors.js';
import { Composition, Modules } from '../../../../runtime/sdk/src/composition.js';
import { MeteredInstance } from '../../../../runtime/sdk/src/instance.js';
import { Interface } from '../../../../runtime/sdk/src/interface.js';
import { FrameReader, writeFrame } from '../../../../runtime/sdk/src/worker/frames.js';
import { Guest } from '../../../../runtime/sdk/src/worker/guest.js';
import { NODE } from '../../../../runtime/sdk/src/worker/node.js';
import { runOn } from '../../../../runtime/sdk/src/worker/platform.js';
import { PreparedModule, PreparedModules } from '../../../../runtime/sdk/src/worker/prepared.js';
import { answer } from '../../../../runtime/sdk/src/worker/request.js';
import { Shim } from '../../../../runtime/sdk/src/worker/shim.js';
import { sha256 } from '../../../../runtime/sdk/src/worker/state.js';

/** The interface of the module at hand, as the meter wrote it. */
let current;

const given = {
  own: true,
  // A little-endian length, that many bytes of JSON, then the metered module.
  meter(container) {
    const bytes = Buffer.from(container);
    const length = bytes.readUInt32LE(0);
    const about = JSON.parse(bytes.toString('utf8', 4, 4 + length));
    if (about.rejected !== undefined) throw new RejectionError(about.rejected.kind, about.rejected.message);
    const { sha256, original_sha256: originalSha256, interface: written, constants } = about;
    // The case's own module comes first; floats cross at its exports only.
    if (this.own) current = written;
    this.own = false;
    this.constants = constants;
    return { bytes: bytes.subarray(4 + length), sha256, originalSha256, interface: new Interface(written) };
  },
};

const view = new DataView(new ArrayBuffer(8));

/** @type {Record<string, { toNumber: (bits: any) => any, toBits: (number: any) => any }>} */
const CROSSINGS = {
  f32: {
    toNumber: (bits) => (view.setInt32(0, bits), view.getFloat32(0)),
    toBits: (number) => (view.setFloat32(0, number), view.getInt32(0)),
  },
  f64: {
    toNumber: (bits) => (view.setBigInt64(0, bits), view.getFloat64(0)),
    toBits: (number) => (view.setFloat64(0, number), view.getBigInt64(0)),
  },
};

const toNumber = (type, value) => CROSSINGS[type]?.toNumber(value) ?? value;
const toBits = (type, value) => CROSSINGS[type]?.toBits(value) ?? value;

function linkWithNumbers(guest) {
  const wrappers = {};
  for (const { name, item } of current.exports.filter(({ item }) => item.kind === 'function')) {
    wrappers[name] = (...args) => {
      const returned = guest[name](...args.map((arg, index) => toNumber(item.params[index], arg)));
      if (item.results.length < 2) return toBits(item.results[0], returned);
      return returned.map((value, index) => toBits(item.results[index], value));
    };
  }
  current.globals.forEach(({ value }, index) => {
    wrappers[`modal:g${index}`] = () => toBits(value, guest[`modal:g${index}`].value);
  });
  return wrappers;
}

if (process.argv[2] === 'raw-floats') Shim.prototype.link = linkWithNumbers;

const call = Composition.prototype.call;
const get = Modules.prototype.get;
let met = 0;

const { state } = Guest.prototype;
const { instantiate } = PreparedModule.prototype;

/**
 * Makes memories' digests of other bytes than those up to the last that is not zero.
 * @param {(used: Buffer) => Uint8Array} change
 */
function digestOf(change) {
  const instances = new WeakMap();
  PreparedModule.prototype.instantiate = function (callable) {
    const [instance, guest] = instantiate.call(this, callable);
    instances.set(guest, instance);
    return [instance, guest];
  };
  Guest.prototype.state = function () {
    const seen = state.call(this);
    if (seen.memory !== null) {
      const bytes = Buffer.from(instances.get(this).memory('modal:memory').buffer);
      let end = bytes.length;
      while (end > 0 && bytes[end - 1] === 0) end--;
      seen.memory.sha256 = sha256(change(bytes.subarray(0, end)));
    }
    return seen;
  };
}

/** @type {Record<string, () => void>} */
const WRONG_HOSTS = {
  'first-page': () => digestOf((used) => used.subarray(0, 65_536)),
  'whole-words': () => digestOf((used) => used.subarray(0, used.length & ~3)),
  'leading-zeros': () => digestOf((used) => used.subarray(used.findIndex((byte) => byte !== 0))),
  'any-function': () => {
    Guest.prototype.indexOf = () => 0;
  },
  'stale-state': () => {
    const before = new WeakMap();
    Guest.prototype.state = function () {
      const [now, told] = [state.call(this), before.get(this)];
      before.set(this, now);
      return told ?? now;
    };
  },
  'free-callees': () => {
    Composition.prototype.call = function (guest, ...args) {
      const called = call.call(this, guest, ...args);
      guest.charge(-called.gas_used);
      return called;
    };
  },
  'cheap-traps': () => {
    Composition.prototype.call = function (guest, ...args) {
      const called = call.call(this, guest, ...args);
      if (called.result === null && called.gas_used > 0) guest.charge(-1);
      return called;
    };
  },
  'no-cycles': () => {
    Modules.prototype.get = function (name) {
      const callee = get.call(this, name);
      return callee?.sha256 === undefined ? callee : { ...callee, sha256: `${callee.sha256} ${met++}` };
    };
  },
  'own-stacks': () => {
    Object.defineProperty(MeteredInstance.prototype, 'stackLeft', { get: () => given.constants.stack_limit_words });
  },
  'stale-results': () => {
    Composition.prototype.begin = () => {};
  },
  'free-instances': () => {
    Modules.prototype.get = function (name) {
      const callee = get.call(this, name);
      if (callee?.compiled === undefined) return callee;
      const shape = Object.assign(Object.create(Object.getPrototypeOf(callee.compiled.interface)), callee.compiled.interface);
      shape.initialPages = 0;
      return { ...callee, compiled: { ...callee.compiled, interface: shape } };
    };
  },
};
WRONG_HOSTS[process.argv[2]]?.();
runOn(NODE);

const reader = new FrameReader(0);
writeFrame(1, { protocol: 1, engine: 'node', version: process.versions.node, details: {} });
for (let request = reader.read(); request !== undefined; request = reader.read()) {
  given.own = true;
  // Nothing is kept between requests: `current` belongs to the module at hand.
  writeFrame(1, answer({ modules: new PreparedModules(given) }, request));
}
