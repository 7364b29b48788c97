// A browser is known by its kind: how it is told to show one page, without a window, and to leave its user alone.

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * What one kind of browser wants.
 * @typedef {object} Browser
 * @property {(profile: string, flags: readonly string[]) => void} prepare makes a profile of an empty folder
 * @property {(profile: string, url: string, flags: readonly string[]) => string[]} words of its command line
 */

/** @type {ReadonlyMap<string, Browser>} */
const BROWSERS = new Map([
  ['chromium', { prepare() {}, words: chromiumWords }],
  ['firefox', { prepare: writePreferences, words: firefoxWords }],
]);

/**
 * @param {string} kind
 * @returns {Browser}
 */
export function browserOf(kind) {
  const browser = BROWSERS.get(kind);
  if (browser === undefined) throw new Error(`a browser is ${[...BROWSERS.keys()].join(' or ')}, not '${kind}'`);
  return browser;
}

/**
 * The version that a browser tells.
 * @param {string} program
 */
export async function browserVersion(program) {
  const { stdout } = await promisify(execFile)(program, ['--version']);
  const [version] = /\d+(\.\w+)+/.exec(stdout) ?? [];
  if (version === undefined) throw new Error(`${program} does not tell its version, but: ${stdout}`);
  return version;
}

/** @type {Browser['words']} */
function chromiumWords(profile, url, flags) {
  return [
    // It may run as root, in a container, and shows nothing but this project's own page.
    ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    ...['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    // Nobody looks at the page, which is no reason to slow it down.
    ...['--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows'],
    ...[`--user-data-dir=${profile}`, ...flags, url],
  ];
}

/** @type {Browser['words']} */
function firefoxWords(profile, url) {
  return ['--headless', '--no-remote', '--new-instance', '--profile', profile, url];
}

/** Firefox has its switches in its profile. */
const PREFERENCES = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.region.network.url': '',
  'browser.safebrowsing.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'datareporting.policy.firstRunURL': '',
  // A page that works is no page that hangs.
  'dom.ipc.processHangMonitor': false,
  'dom.max_script_run_time': 0,
  'dom.timeout.enable_budget_timer_throttling': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'messaging-system.rsexperimentloader.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'startup.homepage_welcome_url': '',
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': '',
  'trailhead.firstrun.didSeeAboutWelcome': true,
};

/** @type {Browser['prepare']} */
function writePreferences(profile, flags) {
  const all = Object.entries(PREFERENCES).map(([name, value]) => [name, JSON.stringify(value)]);
  for (const flag of flags) {
    const [, name, value] = /^([a-z][\w.-]*)=(true|false|-?\d+)$/i.exec(flag) ?? [];
    if (name === undefined || value === undefined) throw new Error(`Firefox takes NAME=true, =false and =NUMBER, not ${flag}`);
    all.push([name, value]);
  }
  writeFileSync(join(profile, 'user.js'), all.map(([name, value]) => `user_pref("${name}", ${value});\n`).join(''));
}
