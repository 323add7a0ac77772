/** A Chromium of this machine: for the tests of the page, and for its pictures. None is downloaded. */
import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const HINT = 'No Chromium was found. Install it (Debian: apt-get install chromium), or name one in CHROMIUM_PATH.';

/** `environment.CHROMIUM_PATH` goes before the usual places. */
export const findBrowser = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
  exists: (path: string) => boolean = existsSync,
): { path: string } | { missing: 'browser'; hint: string } => {
  const { CHROMIUM_PATH: named } = environment;
  const path = (named ? [named] : PLACES).find(exists);
  return path === undefined ? { missing: 'browser', hint: HINT } : { path };
};
