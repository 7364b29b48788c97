// A worker that is another one but for what it does wrong.
//
//   node proxy.mjs FAULT PROGRAM ARGS…     does it wrong where a call has 666 units of gas
//   node proxy.mjs ~FAULT PROGRAM ARGS…    does it wrong on a twentieth of the cases, picked by their digests; never on the
//                                          first that it is sent
//
// With the name of a file in KILLED_WHILE_GREETING every other one that is started, the first among them, is killed while
// it greets; the file is there between that one and the next.

import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import process from 'node:process';

const [option, program, ...args] = process.argv.slice(2);
const picks = option.startsWith('~');
const fault = picks ? option.slice(1) : option;

function framed(bytes) {
  const frame = Buffer.alloc(4 + bytes.length);
  frame.writeUInt32LE(bytes.length);
  bytes.copy(frame, 4);
  return frame;
}

function write(bytes) {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

const writeJson = (value) => write(framed(Buffer.from(JSON.stringify(value))));

/** Calls `each` with the bytes of every frame. */
function readFrames(stream, each) {
  let buffer = Buffer.alloc(0);
  stream.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    while (buffer.length >= 4 && buffer.length >= 4 + buffer.readUInt32LE(0)) {
      const frame = buffer.subarray(4, 4 + buffer.readUInt32LE(0));
      buffer = buffer.subarray(4 + frame.length);
      each(frame);
    }
  });
}

const hold = [];
let stale;

/** What the worker does in place of answering. */
const FAULTS = {
  garbage: () => write(framed(Buffer.from('no JSON'))),
  prints: () => write(Buffer.from('debugging: 1')),
  'too-long': () => write(Buffer.from([0, 0, 0, 0xff])),
  'less-runs': ({ id, observation }) => writeJson({ id, observation: { ...observation, runs: [] } }),
  stale: () => writeJson(stale),
  another: ({ id, observation }) => writeJson({ id: id + 1, observation }),
  twice: (answer) => [answer, answer].forEach(writeJson),
  nothing: ({ id }) => writeJson({ id }),
  forges: ({ id }) => writeJson({ id, fault: { kind: 'WorkerKilled', detail: 'not me' } }),
  faults: ({ id }) => writeJson({ id, fault: { kind: 'EngineOddity', detail: 'it is odd' } }),
  hangs: () => {},
  crashes: () => {
    writeSync(2, 'the engine has lost its way\n');
    process.kill(process.pid, 'SIGSEGV');
  },
  exits: () => process.exit(3),
  killed: () => process.kill(process.pid, 'SIGKILL'),
  'killed-while-writing': (answer) => {
    const bytes = framed(Buffer.from(JSON.stringify(answer)));
    write(bytes.subarray(0, bytes.length / 2));
    process.kill(process.pid, 'SIGKILL');
  },
  'killed-after': (answer) => {
    writeJson(answer);
    process.kill(process.pid, 'SIGKILL');
  },
  leaks: (answer) => {
    hold.push(Buffer.alloc(512 << 20, 1));
    writeJson(answer);
  },
};

/** One of the ways in which a process is killed, as the digest has it. */
const KILLED = ['killed', 'killed-while-writing', 'killed-after'];

/** Whether this one is killed while it greets. */
function isKilledEarly() {
  const file = process.env.KILLED_WHILE_GREETING;
  if (file === undefined) return false;
  const before = existsSync(file);
  if (before) unlinkSync(file);
  else writeFileSync(file, '');
  return !before;
}

const worker = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
const wrong = new Map();
let sent = 0;
readFrames(process.stdin, (frame) => {
  const { id, ...request } = JSON.parse(frame);
  const digest = createHash('sha256').update(JSON.stringify(request)).digest();
  const odd = request.runs.some((run) => run.calls?.some(({ gas }) => gas === 666));
  if (picks ? sent > 0 && digest[0] < 12 : odd) {
    wrong.set(id, fault === 'killed-at-random' ? KILLED[digest[1] % KILLED.length] : fault);
  }
  sent += 1;
  worker.stdin.write(framed(frame));
});
process.stdin.on('end', () => worker.stdin.end());
let greeted = false;
readFrames(worker.stdout, (frame) => {
  if (!greeted) {
    greeted = true;
    if (isKilledEarly()) FAULTS['killed-while-writing'](JSON.parse(frame));
    write(framed(frame));
    return;
  }
  const answer = JSON.parse(frame);
  const how = wrong.get(answer.id);
  if (how === undefined) write(framed(frame));
  else FAULTS[how](answer);
  stale = answer;
});
worker.on('exit', () => process.exit());
