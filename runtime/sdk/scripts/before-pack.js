// A package without the meter would install and then fail at its first run, so none is packed. Nor are declarations of files that
// are gone.

import { existsSync, rmSync } from 'node:fs';
import process from 'node:process';

const missing = ['dist/meter/meter.js', 'dist/meter/meter_bg.wasm'].filter((file) => {
  return !existsSync(new URL(`../${file}`, import.meta.url));
});
if (missing.length > 0) {
  process.stderr.write(`failed to find ${missing.join(' and ')}\nrun \`cargo xtask sdk\` first: it builds the meter\n`);
  process.exitCode = 1;
}
rmSync(new URL('../dist/types', import.meta.url), { recursive: true, force: true });
