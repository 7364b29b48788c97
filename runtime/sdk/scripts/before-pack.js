// A package without its wasm would install and then fail at its first run, so none is packed. Nor are declarations of files that
// are gone.

import { existsSync, rmSync } from 'node:fs';
import process from 'node:process';

const missing = ['meter', 'validators'].flatMap((name) => {
  const files = [`dist/${name}/${name}.js`, `dist/${name}/${name}_bg.wasm`];
  return files.filter((file) => !existsSync(new URL(`../${file}`, import.meta.url)));
});
if (missing.length > 0) {
  process.stderr.write(`failed to find ${missing.join(', ')}\nrun \`cargo xtask sdk\` first: it builds the wasm\n`);
  process.exitCode = 1;
}
rmSync(new URL('../dist/types', import.meta.url), { recursive: true, force: true });
