// The corpus' cases, as far as JavaScript runs them by itself: modules that are refused, and runs by the ABI.

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
 * A case: its runs, or why its module is refused.
 * @typedef {{ name: string, module: Uint8Array, runs: AbiRun[], rejected: string | null }} CorpusCase
 */

const CORPUS = fileURLToPath(new URL('../../../../corpus/', import.meta.url));

const DEFAULT_GAS = 1_000_000;

/** Every feature that the assembler knows, for modules that are refused because of one. */
const ALL_FEATURES = Object.fromEntries(
  ['exceptions', 'gc', 'function_references', 'memory64', 'multi_memory', 'relaxed_simd', 'simd', 'tail_call', 'threads'].map(
    (feature) => [feature, true],
  ),
);

/** Refused modules that wabt cannot assemble: it does not know their features, or takes minutes. The harness runs them. */
const NOT_ASSEMBLED = new Set(
  [
    ...['custom-page-size', 'structure-type', 'table-initialiser', 'tagged-integer', 'too-much-nesting'],
    ...['typed-function-reference', 'wide-arithmetic'],
  ].map((name) => `cases/rejections/${name}.wat`),
);

/**
 * The module of a case.
 * @param {string} path below the corpus' folder
 * @returns {Uint8Array}
 */
export function corpusModule(path) {
  const text = readFileSync(join(CORPUS, path), 'utf8');
  // wabt refuses bytes that are no module, and a corpus has such.
  return text.includes('(module binary') ? literalBytes(text) : wasm(text, ALL_FEATURES);
}

/**
 * The cases of a topic that JavaScript runs by itself.
 * @param {string} topic
 * @returns {CorpusCase[]}
 */
export function corpusCases(topic) {
  const files = readdirSync(join(CORPUS, 'cases', topic)).filter((file) => file.endsWith('.wat')).sort();
  return files.flatMap((file) => {
    const name = `cases/${topic}/${file}`;
    const { runs, rejected } = readExpectations(readFileSync(join(CORPUS, name), 'utf8'), name);
    if (NOT_ASSEMBLED.has(name) || (runs.length === 0 && rejected === null)) return [];
    return [{ name, module: corpusModule(name), runs, rejected }];
  });
}

/**
 * @param {string} text
 * @param {string} name
 * @returns {{ runs: AbiRun[], rejected: string | null }}
 */
function readExpectations(text, name) {
  const header = /** @type {{ run?: any[] }} */ (parse(marked(text, ';;!').join('\n')));
  const expected = marked(text, ';;=');
  const first = expected[0] ?? '';
  if (first.startsWith(' rejected ')) {
    return { runs: [], rejected: expected.map((line) => line.slice(1)).join('\n') };
  }
  const steps = expected.filter((line) => !line.startsWith(' run '));
  const runs = (header.run ?? []).flatMap((run, index) => {
    if (run.method === undefined) return [];
    const line = steps[index];
    if (line === undefined) throw new Error(`${name}: run ${index} has no expectation`);
    return [{ method: run.method, input: run.input ?? '', gas: run.gas ?? DEFAULT_GAS, expect: reported(line) }];
  });
  // With several calls to a run, steps and runs would not go by the same number.
  if (runs.length > 0 && steps.length !== header.run?.length) throw new Error(`${name}: a run has several steps`);
  return { runs, rejected: null };
}

/**
 * @param {string} text
 * @param {string} mark
 */
function marked(text, mark) {
  return text.split('\n').flatMap((line) => (line.startsWith(mark) ? [line.slice(mark.length)] : []));
}

/** @param {string} line `name: outcome | gas … | high … | …` */
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
