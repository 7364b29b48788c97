import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assembledSample, servePlayground } from '../../examples/web/serve.js';
import { WasmExecutor } from '../../src/node.js';
import { Browser } from '../support/browser.js';
import { corpusModule } from '../support/corpus.js';
import { picture } from '../support/picture.js';

/** @typedef {import('../support/browser.js').Page} Page */

/** @type {Browser} */
let browser;
/** @type {Awaited<ReturnType<typeof servePlayground>>} */
let server;

before(async () => {
  server = await servePlayground();
  browser = await Browser.launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** @param {(page: Page) => Promise<void>} use */
async function visit(use) {
  await browser.visit(`${server.origin}/`, async (page) => {
    await page.locator('#submit:enabled').waitFor();
    await use(page);
  });
}

/**
 * Runs what is filled in and reads the result.
 * @param {Page} page
 */
async function result(page) {
  await page.getByRole('button', { name: 'Run' }).click();
  await page.locator('#submit:enabled').waitFor();
  return shown(page);
}

/** @param {Page} page */
async function shown(page) {
  const text = async (/** @type {string} */ id) => {
    const place = page.locator(id);
    return (await place.isVisible()) ? place.innerText() : null;
  };
  return { verdict: await text('#verdict'), output: await text('#output'), gas: await text('#gas-used') };
}

/**
 * @param {Page} page
 * @param {string} name
 * @param {Uint8Array} bytes
 */
async function choose(page, name, bytes) {
  await page.locator('#file').setInputFiles({ name, mimeType: 'application/wasm', buffer: Buffer.from(bytes) });
  await page.locator('#module-name', { hasText: name }).waitFor();
}

/** @param {number} count */
const amount = (count) => count.toLocaleString('en');

test('the sample runs as it does in Node', async () => {
  const sample = await assembledSample();
  await visit(async (page) => {
    for (const [method, input] of /** @type {const} */ ([
      ['validate', '{"amount": 100}'],
      ['validate', '{"amount": 0}'],
      ['validate', 'no number'],
      ['echo', '{"to":"🦀 é"}'],
    ])) {
      const { output, gas_used } = await new WasmExecutor().executeUserWasm(sample, method, input);
      await page.getByLabel('Method').selectOption(method);
      await page.getByLabel('Input, JSON').fill(input);
      assert.deepEqual(await result(page), { verdict: 'Completed', output, gas: `${amount(gas_used)} of 10,000,000 gas` });
    }
  });
});

test('stops are shown with their kind and what they cost', async () => {
  await visit(async (page) => {
    await page.getByLabel('Gas limit').fill('5000');
    await page.getByLabel('Method').selectOption('spin');
    assert.deepEqual(await result(page), { verdict: 'Trapped: OutOfGas', output: null, gas: '5,000 of 5,000 gas' });
    await picture(page, 'trap');
    await page.getByLabel('Method').selectOption('fail');
    assert.deepEqual(await result(page), { verdict: 'Trapped: Unreachable', output: null, gas: '5,000 of 5,000 gas' });
  });
});

test('a file is taken in, and shows what it is', async () => {
  await visit(async (page) => {
    await choose(page, 'checksum.wasm', corpusModule('cases/abi/checksum.wat'));
    await page.getByLabel('Input, JSON').fill('foobar');
    assert.match(await page.locator('#input-note').innerText(), /not JSON/);
    assert.deepEqual(await result(page), { verdict: 'Completed', output: 'bf9cf968', gas: '268 of 10,000,000 gas' });

    await choose(page, 'text.wasm', corpusModule('cases/abi/output-not-utf8.wat'));
    await page.getByLabel('Method').selectOption('stray');
    assert.equal((await result(page)).verdict, 'Violation: OutputNotUtf8');

    await choose(page, 'simd.wasm', corpusModule('cases/rejections/simd.wat'));
    assert.equal((await shown(page)).verdict, 'Rejected: feature');
    assert.ok(await page.locator('#submit').isDisabled());

    await choose(page, 'none.wasm', corpusModule('cases/gas/fibonacci.wat'));
    assert.equal((await shown(page)).verdict, 'No method');

    await page.getByRole('button', { name: 'Use the sample' }).click();
    await page.locator('#submit:enabled').waitFor();
    await page.getByLabel('Input, JSON').fill('{"amount":1}');
    assert.equal((await result(page)).verdict, 'Completed');
  });
});

test('a file can be dropped', async () => {
  const bytes = [...corpusModule('cases/abi/echo.wat')];
  await visit(async (page) => {
    const transfer = await page.evaluateHandle((bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], 'dropped.wasm', { type: 'application/wasm' }));
      return transfer;
    }, bytes);
    await page.locator('#drop').dispatchEvent('drop', { dataTransfer: transfer });
    await page.locator('#module-name', { hasText: 'dropped.wasm' }).waitFor();
    await page.getByLabel('Input, JSON').fill('{"dropped":true}');
    assert.equal((await result(page)).output, '{"dropped":true}');
  });
});

test('a gas limit that is none does not run', async () => {
  await visit(async (page) => {
    for (const limit of ['', '0', '1.5', '100000001']) {
      await page.getByLabel('Gas limit').fill(limit);
      await page.getByRole('button', { name: 'Run' }).click();
      assert.equal((await shown(page)).verdict, 'Nothing has run yet.', limit);
    }
  });
});

test('the keyboard reaches everything, in order', async () => {
  await visit(async (page) => {
    const reached = [];
    for (let step = 0; step < 8; step++) {
      await page.keyboard.press('Tab');
      reached.push(await page.evaluate(() => document.activeElement?.id));
    }
    // Two links to the playgrounds come first.
    assert.deepEqual(reached, ['', '', 'file', 'sample', 'method', 'input', 'gas', 'submit']);
    await page.keyboard.press('Enter');
    await page.locator('#verdict', { hasText: 'Completed' }).waitFor();
    await page.getByLabel('Input, JSON').fill('{"amount":0}');
    await page.keyboard.press('Control+Enter');
    await page.locator('#output', { hasText: 'at least 1' }).waitFor();
  });
});

test('the page follows the light, and fits a narrow screen', async () => {
  await visit(async (page) => {
    await result(page);
    const grounds = [];
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      grounds.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
      await picture(page, colorScheme);
    }
    assert.notEqual(grounds[0], grounds[1]);
    await page.setViewportSize({ width: 360, height: 740 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
    await picture(page, 'narrow');
  });
});
