import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { GROUPS } from '../../examples/web/examples.js';
import { servePlayground } from '../../examples/web/serve.js';
import { CATALOGUE } from '../../src/catalogue.js';
import { Browser } from '../support/browser.js';
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
  await browser.visit(`${server.origin}/validators.html`, async (page) => {
    await page.locator('#submit:enabled').waitFor();
    await use(page);
  });
}

/**
 * Asks what is filled in and reads the answer.
 * @param {Page} page
 */
async function answer(page) {
  await page.getByRole('button', { name: 'Validate' }).click();
  return shown(page);
}

/** @param {Page} page */
async function shown(page) {
  return {
    verdict: await page.locator('#verdict').innerText(),
    explanation: await page.locator('#explanation').innerText(),
    errors: await page.locator('#errors li').allInnerTexts(),
    gas: await page.locator('#gas-used').innerText(),
  };
}

test('every validator has an example, and it is valid', async () => {
  const names = GROUPS.flatMap(({ examples }) => Object.keys(examples));
  assert.deepEqual([...names].sort(), [...Object.keys(CATALOGUE), 'computeDifficultyAdjustment', 'jsonCanonicalize'].sort());
  await visit(async (page) => {
    for (const name of names) {
      await page.getByLabel('Validator').selectOption(name);
      const { verdict, errors, gas } = await shown(page);
      if (name in CATALOGUE) assert.deepEqual({ verdict, errors }, { verdict: 'Valid', errors: [] }, name);
      if (name in CATALOGUE) assert.match(gas, /^\d+ gas$/, name);
    }
    assert.equal(await page.locator('#output').innerText(), '{"amount":100,"to":"addr123"}');
    await page.getByLabel('Validator').selectOption('computeDifficultyAdjustment');
    assert.equal((await shown(page)).verdict, 'Difficulty 110');
  });
});

test('a transaction is judged as it is written', async () => {
  await visit(async (page) => {
    assert.deepEqual(await shown(page), { verdict: 'Valid', explanation: '', errors: [], gas: '220 gas' });
    await page.getByLabel('tx, JSON').fill('{"amount": 0}');
    assert.deepEqual(await answer(page), {
      verdict: 'Invalid',
      explanation: '',
      errors: ['Amount 0 is below minimum 1', 'Amount cannot be zero', "Missing or invalid 'to' field"],
      gas: '220 gas',
    });
    await picture(page, 'validators-invalid');
    await page.getByLabel('tx, JSON').fill('{"amount": 100,}');
    assert.deepEqual(await answer(page), {
      verdict: 'No result',
      explanation: 'Invalid transaction JSON: unexpected character at line 1 column 16',
      errors: [],
      gas: '',
    });
    await page.getByRole('button', { name: 'Use the example' }).click();
    assert.equal((await shown(page)).verdict, 'Valid');
  });
});

test('an amount that is none is not asked about', async () => {
  await visit(async (page) => {
    await page.getByLabel('Validator').selectOption('amountInRange');
    for (const amount of ['', '1.5', '-1', 'x']) {
      await page.getByLabel('amount', { exact: true }).fill(amount);
      assert.equal((await answer(page)).verdict, 'Valid', 'the answer to the example is still there');
      assert.ok(await page.locator('#argument-amount:invalid').count(), amount);
    }
    await page.getByLabel('amount', { exact: true }).fill('18446744073709551616');
    assert.deepEqual(await answer(page), {
      verdict: 'Not asked',
      explanation: 'amount must be from 0 to 2^64 - 1, not 18446744073709551616',
      errors: [],
      gas: '',
    });
    await page.getByLabel('amount', { exact: true }).fill('18446744073709551615');
    await page.getByLabel('maximum', { exact: true }).fill('18446744073709551614');
    assert.deepEqual((await answer(page)).errors, ['Amount 18446744073709551615 is above maximum 18446744073709551614']);
  });
});

test('the keyboard reaches everything, in order', async () => {
  await visit(async (page) => {
    const reached = [];
    for (let step = 0; step < 7; step++) {
      await page.keyboard.press('Tab');
      reached.push(await page.evaluate(() => document.activeElement?.id));
    }
    assert.deepEqual(reached, ['', '', 'validator', 'argument-tx', 'argument-params', 'submit', 'example']);
    await page.getByLabel('tx, JSON').fill('{"amount":5,"to":""}');
    await page.keyboard.press('Control+Enter');
    await page.locator('#errors li', { hasText: 'Recipient address cannot be empty' }).waitFor();
  });
});

test('the page never loads the meter, and leads to the one that does', async () => {
  await visit(async (page) => {
    const fetched = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    assert.ok(fetched.some((url) => url.endsWith('/dist/validators/validators_bg.wasm')));
    assert.deepEqual(fetched.filter((url) => url.includes('/dist/meter/')), []);
    await page.getByRole('link', { name: 'Modules' }).click();
    await page.getByRole('heading', { name: 'WebAssembly playground' }).waitFor();
    // Leaving a page ends the requests that it still waits for, which would count as complaints.
    await page.waitForLoadState('networkidle');
    await page.getByRole('link', { name: 'Built-in validators' }).click();
    await page.getByLabel('Validator').waitFor();
    await page.waitForLoadState('networkidle');
  });
});

test('the page follows the light, and fits a narrow screen', async () => {
  await visit(async (page) => {
    const grounds = [];
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      grounds.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
      await picture(page, `validators-${colorScheme}`);
    }
    assert.notEqual(grounds[0], grounds[1]);
    await page.getByLabel('Validator').selectOption('oracleAttests');
    await picture(page, 'validators-oracle');
    await page.setViewportSize({ width: 360, height: 740 });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
    await picture(page, 'validators-narrow');
  });
});
