// The corpus' cases, as far as pages can run them: all but the few that are named here, and the runs with references.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'smol-toml';
import { wasm } from './wat.js';

/**
 * One execution by the ABI. `expect` is the file's line as far as the SDK reports it: a run that completes with its
 * stack's high-water, any other up to its gas.
 * @typedef {{ method: string, input: string, gas: number, expect: string }} AbiRun
 */

/**
 * Calls of one instance's exports. `expect` has a line for the start and one for each call that is made.
 * @typedef {{ startGas: number, gas: number, calls: { export: string, args: string[] }[], expect: string[] }} ExportsRun
 */

/** @typedef {import('./outcome.js').Callable} Callable */

/**
 * A case: the modules that its guests can call, its runs, or why its module is refused.
 * @typedef {{ name: string, module: Uint8Array, modules: Callable[], abi: AbiRun[], exports: ExportsRun[], rejected: string | null }} CorpusCase
 */

const CORPUS = fileURLToPath(new URL('../../../../corpus/', import.meta.url));

const DEFAULT_GAS = 1_000_000;

/** Every feature that the assembler knows, for modules that are refused because of one. */
const ALL_FEATURES = {
  exceptions: true,
  function_references: true,
  gc: true,
  memory64: true,
  multi_memory: true,
  relaxed_simd: true,
  simd: true,
  tail_call: true,
  threads: true,
};

/** The folders of cases. `limits` is left out: wabt takes minutes for modules of that size. */
export const FOLDERS = ['cases', 'examples'].flatMap((kind) => {
  const folders = readdirSync(join(CORPUS, kind), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => `${kind}/${name}`).filter((folder) => folder !== 'cases/limits').sort();
});

/** Modules that wabt cannot assemble: it does not know what they use, or takes minutes. The harness runs them. */
const NOT_ASSEMBLED = new Set([
  'cases/calls/one-function-two-names.wat',
  ...[
    ...['custom-page-size', 'structure-type', 'table-initialiser', 'tagged-integer', 'too-much-nesting'],
    ...['typed-function-reference', 'wide-arithmetic'],
  ].map((name) => `cases/rejections/${name}.wat`),
]);

/**
 * The module of a case: its text, or the file that a `.case` names.
 * @param {string} path below the corpus' folder
 * @returns {Uint8Array}
 */
export function corpusModule(path) {
  const text = readFileSync(join(CORPUS, path), 'utf8');
  return path.endsWith('.case') ? fileBeside(path, header(text).wasm ?? '') : assembled(modulesOf(text).own);
}

/**
 * The bytes of a file that a case names.
 * @param {string} path the case, below the corpus' folder
 * @param {string} file
 */
function fileBeside(path, file) {
  return new Uint8Array(readFileSync(join(CORPUS, path, '..', file)));
}

/**
 * The text of a case's own module, and of those behind lines that begin with `;;@`, which may name a file instead.
 * @param {string} text
 */
function modulesOf(text) {
  const [own = '', ...others] = text.split(/^;;@/m);
  const callable = others.map((other) => {
    const end = other.indexOf('\n');
    const about = /** @type {any} */ (parse(`module = ${other.slice(0, end).trim()}`));
    const { name, gas = DEFAULT_GAS, wasm: file } = /** @type {{ name: string, gas?: number, wasm?: string }} */ (about.module);
    return { name, gas, file, text: other.slice(end) };
  });
  return { own, callable };
}

/**
 * @param {string} text
 * @returns {Uint8Array}
 */
function assembled(text) {
  // wabt refuses bytes that are no module, and a corpus has such.
  return text.includes('(module binary') ? literalBytes(text) : wasm(text, ALL_FEATURES);
}

/**
 * The cases of a folder.
 * @param {string} folder
 * @returns {CorpusCase[]}
 */
export function corpusCases(folder) {
  const files = readdirSync(join(CORPUS, folder)).filter((file) => /\.(wat|case)$/.test(file)).sort();
  return files.flatMap((file) => {
    const name = `${folder}/${file}`;
    if (NOT_ASSEMBLED.has(name)) return [];
    const text = readFileSync(join(CORPUS, name), 'utf8');
    const modules = modulesOf(text).callable.map(({ name: called, gas, file: named, text: of }) => {
      return { name: called, gas, bytes: [...(named === undefined ? assembled(of) : fileBeside(name, named))] };
    });
    return [{ name, module: corpusModule(name), modules, ...readRuns(text, name) }];
  });
}

/**
 * @param {string} text
 * @param {string} name
 * @returns {{ abi: AbiRun[], exports: ExportsRun[], rejected: string | null }}
 */
function readRuns(text, name) {
  // What the module of a `.case` is comes first; the harness compares it.
  const expected = marked(text, ';;=').map((line) => line.slice(1)).filter((line) => !line.startsWith('module '));
  if (expected[0]?.startsWith('rejected ')) return { abi: [], exports: [], rejected: expected.join('\n') };
  // A line `run N`, then a line for each step.
  const steps = expected.join('\n').split(/^run \d+\n/m).slice(1).map((run) => run.trimEnd().split('\n'));
  const runs = header(text).run ?? [{ calls: [] }];
  if (steps.length !== runs.length) throw new Error(`${name} has ${runs.length} runs, and expects ${steps.length}`);
  return {
    abi: runs.flatMap(({ method, input = '', gas = DEFAULT_GAS }, index) => {
      return method === undefined ? [] : [{ method, input, gas, expect: reported(steps[index]?.[0] ?? '') }];
    }),
    exports: runs.flatMap(({ method, calls, gas = DEFAULT_GAS, start_gas: startGas = DEFAULT_GAS }, index) => {
      if (method !== undefined) return [];
      const run = { startGas, gas, calls: calls.map(readCall), expect: (steps[index] ?? []).map(upToHighWater) };
      return /(funcref|externref):/.test(JSON.stringify(run)) ? [] : [run];
    }),
    rejected: null,
  };
}

/**
 * @param {string} text
 * @returns {{ wasm?: string, run?: any[] }}
 */
function header(text) {
  return parse(marked(text, ';;!').join('\n'));
}

/** @param {string} text the export and its arguments */
function readCall(text) {
  const [name = '', ...args] = text.split(/\s+/);
  return { export: name, args: args.map(fullWidth) };
}

/**
 * An argument as the worker's protocol writes it: all bits, in lower hex.
 * @param {string} text
 */
function fullWidth(text) {
  const [type = '', value = ''] = text.split(':');
  if (!/^[if](32|64)$/.test(type)) return text;
  const width = Number(type.slice(1));
  const isNumber = type.startsWith('f') && !value.startsWith('0x');
  const bits = isNumber ? floatBits(Number(value.replace('inf', 'Infinity')), width) : integer(value);
  return `${type}:0x${BigInt.asUintN(width, bits).toString(16).padStart(width / 4, '0')}`;
}

/**
 * @param {number} value
 * @param {number} width
 */
function floatBits(value, width) {
  // `nan` is the canonical one; a view may write any.
  if (Number.isNaN(value)) return width === 64 ? 0x7ff8_0000_0000_0000n : 0x7fc0_0000n;
  const view = new DataView(new ArrayBuffer(8));
  if (width === 64) view.setFloat64(0, value);
  else view.setFloat32(4, value);
  return view.getBigUint64(0);
}

/** @param {string} text with a sign and in hex, if need be */
function integer(text) {
  return text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
}

/** @param {string} line `  name: outcome | gas … | high … | …` */
function upToHighWater(line) {
  const found = /^ *(.+? \| gas \d+ \| high \d+)/.exec(line)?.[1];
  if (found === undefined) throw new Error(`failed to read '${line}'`);
  return found;
}

/**
 * @param {string} text
 * @param {string} mark
 */
function marked(text, mark) {
  return text.split('\n').flatMap((line) => (line.startsWith(mark) ? [line.slice(mark.length)] : []));
}

/** @param {string} line `  name: outcome | gas … | high … | …` */
function reported(line) {
  const found = /^ *(.+?: output ".*" \| gas \d+ \| high \d+|.+?: \w+ [^|]*? \| gas \d+)/.exec(line)?.[1];
  if (found === undefined) throw new Error(`failed to read '${line}'`);
  return found;
}

/**
 * The bytes that a `(module binary "…")` spells out.
 * @param {string} text
 */
function literalBytes(text) {
  const code = text.split('\n').filter((line) => !line.startsWith(';;')).join('\n');
  const bytes = [...code.matchAll(/"([^"]*)"/g)].flatMap(([, literal = '']) => {
    return [...literal.matchAll(/\\([0-9a-f]{2})|[^\\]/gi)].map(([whole, hex]) => {
      return hex === undefined ? whole.charCodeAt(0) : Number.parseInt(hex, 16);
    });
  });
  return new Uint8Array(bytes);
}
