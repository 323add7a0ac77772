/** What runs at a customer's, in the functions or in the page, carries no licence that would bind the customer's own code. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledPackages, type LockedPackage } from './bundled-packages.ts';
import type { Gate } from './gate.ts';

/** SPDX identifiers that are fine at run time. Anything else is looked at by a person first, then added here. */
const ACCEPTED = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  // Lists of names, not code (spdx-exceptions): attribution is in the package itself.
  'CC-BY-3.0',
]);

/** `license` as SPDX text, or the older list of `{type}` that npm still takes. */
const licenceOf = ({ license, licenses }: { license?: unknown; licenses?: unknown }): unknown => {
  if (license !== undefined || !Array.isArray(licenses)) return license;
  return licenses.map((each: { type?: unknown }) => each.type).join(' OR ');
};

const isAccepted = (licence: string): boolean =>
  licence
    .replace(/[()]/g, '')
    .split(/ OR /i)
    .some((choice) => choice.split(/ AND /i).every((part) => ACCEPTED.has(part.trim())));

export const licencesGate: Gate = {
  name: 'licences',
  holds: 'run-time packages, and those in the page, are permissively licensed',
  async run(root) {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, LockedPackage>;
    };
    // The page's packages are for development in package.json: the functions do not need them.
    const { places, missing } = bundledPackages(root, packages);
    const inPage = new Set(places);
    const problems = missing.map((name) => `${name}: built into the page, but not in package-lock.json`);
    for (const [path, entry] of Object.entries(packages)) {
      const manifestPath = join(root, path, 'package.json');
      if (path === '' || (entry.dev && !inPage.has(path)) || !existsSync(manifestPath)) continue;
      const license = licenceOf(JSON.parse(readFileSync(manifestPath, 'utf8')));
      if (typeof license !== 'string' || !isAccepted(license)) {
        const where = inPage.has(path) ? 'in the page' : 'at run time';
        problems.push(
          `${path.replace('node_modules/', '')}: licence ${JSON.stringify(license)} is not accepted ${where}`,
        );
      }
    }
    return { ok: problems.length === 0, output: problems.join('\n') };
  },
};
