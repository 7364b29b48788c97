// Reports in a real browser: what each section shows, that nothing is loaded or run but what the page came with, and that a
// keyboard is enough. The pages are samples that the Rust tests write (tests/conformance/report.rs).

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Browser } from '../../../runtime/sdk/test/support/browser.js';

/** @typedef {import('../../../runtime/sdk/test/support/browser.js').Page} Page */

const TARGET = process.env['CARGO_TARGET_DIR'] ?? fileURLToPath(new URL('../../../target', import.meta.url));
const SAMPLES = process.env['REPORT_SAMPLES'] ?? join(TARGET, 'tmp/report');

/** A folder to put pictures in, for people. */
const PICTURES = process.env['REPORT_PICTURES'];

/** @type {Browser} */
let browser;
/** @type {string} */
let scratch;

before(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'report-'));
  browser = await Browser.launch();
});

after(async () => {
  await browser?.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** @param {string} name */
const sample = (name) => join(SAMPLES, name, 'report.html');

/** @param {string} name */
const html = (name) => readFileSync(sample(name), 'utf8');

/**
 * Opens a page, which may complain of nothing and ask for nothing but itself.
 * @template T
 * @param {string} path
 * @param {(page: Page) => Promise<T>} use
 */
async function open(path, use) {
  const url = pathToFileURL(path).href;
  return browser.visit(url, async (page) => {
    /** @type {string[]} */
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.reload();
    const result = await use(page);
    assert.deepEqual(asked, [url]);
    return result;
  });
}

/**
 * Opens a page that was changed.
 * @param {string} name
 * @param {string} text
 * @param {(page: Page) => Promise<void>} use
 */
async function openText(name, text, use) {
  const path = join(scratch, `${name}.html`);
  writeFileSync(path, text);
  await open(path, use);
}

/**
 * @param {Page} page
 * @param {string} name
 * @param {boolean} [fullPage]
 */
async function picture(page, name, fullPage = true) {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage });
}

/** Adds an element to a page, as a text that was not escaped would. @param {string} text @param {string} element */
const injected = (text, element) => text.replace('<main id="main" tabindex="-1">', `$&${element}`);

test('every section shows what it is for', async () => {
  await open(sample('diverge'), async (page) => {
    const text = (/** @type {string} */ selector) => page.locator(selector).innerText();
    assert.equal(await text('h1'), 'Divergence');
    assert.match(await text('.headline'), /do not agree on 44 of 100,000 generated cases/);
    assert.match(await text('.figures'), /generated cases\s+100,000[^]*planted bugs noticed/);
    assert.deepEqual(
      await page.locator('h2[id]').allInnerTexts(),
      [
        'Parts', 'Lanes × checks', 'Findings', 'Outcomes', 'Gas', 'Operators', 'Overhead per lane', 'Planted bugs',
        'Register of treatments', 'What this depends on',
      ],
    );
    for (const link of await page.locator('nav a').all()) {
      assert.equal(await page.locator(/** @type {string} */ (await link.getAttribute('href'))).count(), 1);
    }
    assert.equal(await page.locator('.matrix tbody tr').count(), 7);
    assert.equal(await page.locator('.matrix thead th').count(), 12);
    const cell = page.locator('.matrix tr', { has: page.getByRole('rowheader', { name: 'wasmi' }) }).locator('td').first();
    assert.equal((await cell.innerText()).replace(/\s+/g, ' '), '≠ differs, 99,995 41 diverged 5 not made');
    assert.equal(await page.locator('.stack rect').count(), 5);
    assert.equal(await page.locator('.chart g').count(), 4);
    assert.ok((await page.locator('.chart g rect').count()) > 30);
    assert.equal(await page.locator('.ops li').count(), 201);
    assert.equal(await page.locator('.ops .hole').count(), 2);
    assert.match(await text('#overhead'), /wasmi\s+1\.00×/);
    assert.equal(await page.locator('.bucket').count(), 3);
    assert.ok((await page.locator('.register tbody tr').count()) > 30);
  });
});

test('the page needs no script', async () => {
  const bare = html('diverge').replace(/<script>[^]*<\/script>/, '');
  await openText('bare', bare, async (page) => {
    assert.ok(await page.locator('.tools').isHidden(), 'what does nothing is not shown');
    await page.locator('.finding summary').first().click();
    assert.match(await page.locator('.finding pre').nth(1).innerText(), /^\(module/);
  });
});

test('a keyboard is enough', async () => {
  await open(sample('diverge'), async (page) => {
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Skip to the verdict');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
    const isOn = (/** @type {string} */ selector) => page.evaluate((it) => document.activeElement?.matches(it), selector);
    for (let presses = 0; !(await isOn('.finding summary')); presses += 1) {
      assert.ok(presses < 30, 'findings can be reached');
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(() => getComputedStyle(/** @type {Element} */ (document.activeElement)).outlineStyle);
      assert.notEqual(outline, 'none', 'where the focus is can be seen');
    }
    const finding = page.locator('.finding').first();
    assert.equal(await finding.getAttribute('open'), null);
    await page.keyboard.press('Enter');
    assert.notEqual(await finding.getAttribute('open'), null);
    assert.match(await finding.locator('.replay code').first().innerText(), /^cargo conform replay diverge\/findings\//);
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Copy');
    await picture(page, 'keyboard', false);
  });
});

test('findings are filtered, opened and copied', async () => {
  await open(sample('diverge'), async (page) => {
    const shown = () => page.locator('.finding:visible').count();
    const all = await shown();
    await page.getByLabel('Filter').fill('gas_used');
    assert.ok((await shown()) > 0 && (await shown()) < all);
    assert.equal(await page.locator('.bucket:visible').count(), 1);
    assert.match(await page.locator('#matches').innerText(), /^\d of \d shown$/);
    await page.getByLabel('Filter').fill('no such thing');
    assert.equal(await shown(), 0);
    await page.getByLabel('Filter').fill('');
    assert.equal(await shown(), all);
    await page.getByRole('button', { name: 'Open all' }).click();
    assert.equal(await page.locator('.finding[open]').count(), all);
    await page.getByRole('button', { name: 'Close all' }).click();
    assert.equal(await page.locator('.finding[open]').count(), 0);
    await page.locator('.finding summary').first().click();
    await page.getByRole('button', { name: 'Copy' }).first().click();
    await page.getByRole('button', { name: /^(Copied|Selected)$/ }).waitFor();
  });
});

test('what is closed is there in print', async () => {
  await open(sample('diverge'), async (page) => {
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('nav').isHidden());
    const bytes = await page.pdf({ format: 'A4', printBackground: true });
    assert.ok(bytes.length > 50_000);
    if (PICTURES !== undefined) {
      mkdirSync(PICTURES, { recursive: true });
      writeFileSync(join(PICTURES, 'print.pdf'), bytes);
    }
  });
});

/** Asserts that no text has become anything else. @param {Page} page */
async function isWhole(page) {
  assert.equal(await page.evaluate(() => 'broken' in globalThis), false, 'nothing was run');
  assert.equal(await page.locator('img, iframe, object, embed, link, form').count(), 0);
  assert.equal(await page.locator('script').count(), 1);
  assert.equal(await page.locator('section[id]').count(), 10);
}

test('trends are a chart for each measure, and hostile texts stay texts there too', async () => {
  await open(join(SAMPLES, 'nights/page.html'), async (page) => {
    assert.equal(await page.locator('section svg').count(), 8);
    assert.deepEqual((await page.locator('h2').allInnerTexts()).slice(0, 2), ['cases per second', 'judged executions per second']);
    assert.equal(await page.locator('section').last().locator('circle').count(), 54);
    await page.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('details[open] tbody tr').count(), 60);
    await page.keyboard.press('Enter');
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      for (const [kind, width] of /** @type {const} */ ([['wide', 1280], ['narrow', 390]])) {
        await page.setViewportSize({ width, height: 900 });
        assert.deepEqual(await faint(page), []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
        await picture(page, `trends-${colorScheme}-${kind}`);
      }
    }
  });
  await open(join(SAMPLES, 'nights/hostile.html'), async (page) => {
    assert.equal(await page.locator('img, script, iframe, link').count(), 0);
    assert.match(await page.locator('h2').last().innerText(), /^<\/script><script>/);
  });
});

test('hostile texts stay texts', async () => {
  await open(sample('hostile'), async (page) => {
    await isWhole(page);
    assert.match(await page.locator('#inputs').innerText(), /<\/script><script>globalThis\.broken=1/);
    assert.match(await page.locator('#inputs').innerText(), /\\u\{202e\}&amp;/, 'what acts unseen is written out');
    await picture(page, 'hostile');
  });
});

test('a text that is not escaped is noticed, and runs nothing all the same', async () => {
  const unescaped = html('hostile').replaceAll('&#60;', '<').replaceAll('&#62;', '>').replaceAll('&#34;', '"');
  await assert.rejects(openText('unescaped', unescaped, isWhole));
  await assert.rejects(
    openText('unescaped', unescaped, async (page) => {
      assert.equal(await page.evaluate(() => 'broken' in globalThis), false, 'the policy holds');
    }),
    /the page complained: [^]*Content Security Policy/,
  );
});

test('the policy lets nothing in, and without it things come in', async () => {
  const address = pathToFileURL(sample('agree')).href;
  /** @type {[string, string][]} */
  const guests = [
    ['script', '<script>globalThis.broken = 1</script>'],
    ['attribute', '<svg onload="globalThis.broken = 1"></svg>'],
    ['style', '<p id="guest" style="color: red">x</p>'],
    ['image', `<img src="${address}" alt="">`],
    ['frame', `<iframe src="${address}" title="guest"></iframe>`],
  ];
  for (const [name, guest] of guests) {
    const page = injected(html('agree'), guest);
    await assert.rejects(openText(name, page, async () => {}), /Content Security Policy/, name);
  }
  const open = injected(html('agree'), '<script>globalThis.broken = 1</script>');
  const without = open.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
  await openText('without', without, async (page) => {
    assert.equal(await page.evaluate(() => 'broken' in globalThis), true, 'the check can fail');
  });
  await assert.rejects(openText('without', without, isWhole), /nothing was run/);
});

test('it looks as it should in light and in dark, wide and narrow', async () => {
  for (const name of ['agree', 'diverge', 'incomplete']) {
    await open(sample(name), async (page) => {
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        await page.emulateMedia({ colorScheme });
        for (const [kind, width] of /** @type {const} */ ([['wide', 1280], ['narrow', 390]])) {
          await page.setViewportSize({ width, height: 900 });
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(overflow <= 0, `${name} is ${overflow} too wide at ${width}`);
          assert.deepEqual(await faint(page), [], `${name}, ${colorScheme}, ${kind}`);
          await picture(page, `${name}-${colorScheme}-${kind}`);
        }
      }
    });
  }
});

/** The texts whose contrast with what is behind them is below 4.5 to 1. @param {Page} page */
function faint(page) {
  return page.evaluate(() => {
    const channels = (/** @type {string} */ color) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (/** @type {number[]} */ [red = 0, green = 0, blue = 0]) => {
      const linear = (/** @type {number} */ it) => (it <= 10.31475 ? it / 3294.6 : ((it / 255 + 0.055) / 1.055) ** 2.4);
      return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    };
    const behind = (/** @type {Element | null} */ element) => {
      for (let at = element; at !== null; at = at.parentElement) {
        const color = channels(getComputedStyle(at).backgroundColor);
        if (color[3] === undefined || color[3] === 1) return color;
      }
      return [255, 255, 255];
    };
    /** @type {string[]} */
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text !== null; text = walker.nextNode()) {
      const element = text.parentElement;
      const content = text.textContent?.trim() ?? '';
      if (element === null || content === '' || ['SCRIPT', 'STYLE', 'TITLE'].includes(element.nodeName.toUpperCase())) continue;
      const style = getComputedStyle(element);
      const color = element instanceof SVGElement ? style.fill : style.color;
      const [light, dark] = [luminance(channels(color)), luminance(behind(element))].sort((a, b) => b - a);
      const contrast = ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
      if (contrast < 4.5) found.push(`${contrast.toFixed(2)} ${content.slice(0, 40)}`);
    }
    return [...new Set(found)];
  });
}
