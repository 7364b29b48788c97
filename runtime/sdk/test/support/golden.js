// The validators' golden cases: in each file, `>` is a call and `<` below it the answer.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ file: string, call: string, answer: string }} GoldenCase */

const VALIDATORS = fileURLToPath(new URL('../../../../validators/', import.meta.url));

/** @returns {GoldenCase[]} */
export function goldenCases() {
  const folder = join(VALIDATORS, 'tests/golden');
  return readdirSync(folder).sort().flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const found = [...text.matchAll(/^> (.*)\n< (.*)$/gm)].map(([, call = '', answer = '']) => ({ file, call, answer }));
    const calls = text.match(/^> /gm)?.length;
    if (found.length !== calls) throw new Error(`${file} has ${calls} calls, and answers to ${found.length}`);
    return found;
  });
}

/** @typedef {{ name: string, binding: string, args: { name: string, type: string }[] }} CataloguedValidator */

/**
 * The catalogue as Rust has it: the one list from which the bindings are made.
 * @returns {CataloguedValidator[]}
 */
export function rustCatalogue() {
  const text = readFileSync(join(VALIDATORS, 'src/catalogue.rs'), 'utf8');
  return [...text.matchAll(/(\w+) as (\w+)\(([^)]*)\);/g)].map(([, name = '', binding = '', list = '']) => {
    const args = [...list.matchAll(/(\w+): (&str|u64)/g)].map(([, name = '', type = '']) => ({ name, type }));
    return { name, binding, args };
  });
}
