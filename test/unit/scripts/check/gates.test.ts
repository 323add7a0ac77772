import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GATES } from '../../../../scripts/check/gates.ts';

const repository = join(import.meta.dirname, '../../../..');
const CONFIGS = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'biome.json',
  '.dependency-cruiser.cjs',
  'knip.json',
  '.gitignore',
  'hosting/tsconfig.json',
  'test/unit/hosting/tsconfig.json',
];

/** A small tree that every gate lets through: one program, one module, one page, the real configuration. */
const CLEAN: Record<string, string> = {
  'scripts/start.ts': "import { double } from '../functions/src/convert/double.ts';\n\nconsole.log(double(2));\n",
  'functions/src/convert/double.ts': 'export const double = (value: number): number => value * 2;\n',
  'hosting/src/main.tsx':
    "import { StrictMode } from 'react';\n\nexport const page = <StrictMode>nothing</StrictMode>;\n",
  'test/unit/hosting/main.ts': "import { page } from '../../../hosting/src/main.tsx';\n\nexport const shown = page;\n",
  'test/support/nothing.ts': 'export const nothing = 1;\n',
};

let parent = '';
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'mdraft-gates-'));
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const plant = (files: Record<string, string>): string => {
  const root = mkdtempSync(join(parent, 'tree-'));
  for (const name of CONFIGS) cpSync(join(repository, name), join(root, name));
  const hasOwnPackages = Object.keys(files).some((path) => path.startsWith('node_modules/'));
  if (!hasOwnPackages) symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  for (const [path, text] of Object.entries({ ...CLEAN, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
};

const gate = (name: string) => {
  const found = GATES.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no gate is called ${name}`);
  return found;
};

/** The page imports `a`, which needs `b`, which has this licence; the functions need neither. */
const bundledWithLicence = (license: string): Record<string, string> => ({
  ...importing('hosting/src/data/a.ts', 'a/part.js'),
  'node_modules/a/package.json': JSON.stringify({ license: 'MIT' }),
  'node_modules/a/node_modules/b/package.json': JSON.stringify({ license }),
  'node_modules/b/package.json': JSON.stringify({ license: 'MIT' }),
  'node_modules/c/package.json': JSON.stringify({ license: 'AGPL-3.0' }),
  'node_modules/react/package.json': JSON.stringify({ license: 'MIT' }),
  'package-lock.json': JSON.stringify({
    packages: {
      'node_modules/a': { dev: true, dependencies: { b: '1.0.0' } },
      'node_modules/a/node_modules/b': { dev: true },
      'node_modules/b': { dev: true },
      'node_modules/c': { dev: true },
      'node_modules/react': { dev: true },
    },
  }),
});

const importing = (path: string, specifier: string): Record<string, string> => ({
  [path]: `import * as thing from '${specifier}';\n\nexport const keep = thing;\n`,
});

describe('A planted failure is caught by its gate', () => {
  test.each([
    ['types', { 'scripts/start.ts': "export const count: number = 'two';\n" }, 'TS2322'],
    ['types of the page', { 'hosting/src/a.tsx': 'export const a = <p hidden="2" />;\n' }, 'TS2322'],
    ['types of its tests', { 'test/unit/hosting/a.ts': "export const count: number = 'two';\n" }, 'TS2322'],
    ['types of the page', { 'hosting/src/a.ts': 'export const home = process.env.HOME;\n' }, 'TS2591'],
    ['lint and format', { 'scripts/start.ts': 'export const value: any = 1;\n' }, 'noExplicitAny'],
    ['lint and format', { 'hosting/src/a.tsx': 'export const a = <img src="/a.png" />;\n' }, 'useAltText'],
    ['lint and format', { 'hosting/src/a.css': 'a { color: nocolour; colour: red }\n' }, 'noUnknownProperty'],
    ['lint and format', { 'scripts/start.ts': 'export const   value = 1;\n' }, 'format'],
    [
      'lint and format',
      { 'functions/src/convert/double.ts': 'export const home = process.env.HOME;\n' },
      'noProcessEnv',
    ],
    ['lint and format', { 'functions/src/convert/double.ts': "console.log('document text');\n" }, 'noConsole'],
    ['import rules', importing('functions/src/convert/double.ts', 'node:fs'), 'convert-is-pure'],
    ['import rules', importing('functions/src/analyze/a.ts', '../convert/double.ts'), 'analyze-is-pure'],
    ['import rules', importing('functions/src/export/a.ts', '../ports.ts'), 'no-unresolvable'],
    ['import rules', importing('functions/src/export/a.ts', 'node:crypto'), 'export-is-pure'],
    ['import rules', importing('functions/src/contracts/a.ts', 'fflate'), 'contracts-know-only-zod'],
    [
      'import rules',
      importing('functions/src/errors.ts', './convert/double.ts'),
      'errors-and-ports-know-only-contracts',
    ],
    ['import rules', importing('functions/src/sandbox/a.ts', 'node:net'), 'sandbox-only-runs-converters'],
    [
      'import rules',
      importing('functions/src/pipeline/a.ts', '../convert/double.ts'),
      'pipeline-and-account-use-ports',
    ],
    ['import rules', importing('functions/src/adapters/gcs.ts', '../convert/double.ts'), 'adapters-know-no-use-case'],
    ['import rules', importing('functions/src/entry/rest.ts', '../convert/double.ts'), 'entry-is-protocol-only'],
    [
      'import rules',
      importing('functions/src/convert/double.ts', '../../../scripts/start.ts'),
      'source-does-not-import-tests-or-scripts',
    ],
    ['import rules', importing('functions/src/convert/double.ts', '../index.ts'), 'no-unresolvable'],
    ['import rules', importing('functions/src/convert/double.ts', 'jest'), 'convert-is-pure'],
    [
      'import rules',
      {
        'functions/src/index.ts': 'export const functions = 1;\n',
        ...importing('functions/src/handlers.ts', './index.ts'),
      },
      'nothing-imports-index',
    ],
    [
      'import rules',
      {
        'functions/src/pipeline/a.ts': 'export const a = 1;\n',
        ...importing('scripts/mdraft.ts', '../functions/src/pipeline/a.ts'),
      },
      'cli-does-not-run-the-pipeline',
    ],
    ['import rules', importing('functions/src/deps.ts', 'jest'), 'run-time-needs-no-dev-dependency'],
    [
      'import rules',
      importing('scripts/local-cloud/a.ts', '../../functions/src/convert/double.ts'),
      'local-cloud-stands-alone',
    ],
    ['import rules', importing('functions/src/deps.ts', '@google-cloud/storage'), 'no-sdk-outside-adapters'],
    [
      'import rules',
      { ...importing('scripts/cli/a.ts', './b.ts'), ...importing('scripts/cli/b.ts', './a.ts') },
      'no-cycles',
    ],
    [
      'import rules',
      {
        'functions/src/pipeline/a.ts': 'export const a = 1;\n',
        ...importing('hosting/src/a.ts', '../../functions/src/pipeline/a.ts'),
      },
      'page-knows-only-contracts',
    ],
    ['import rules', importing('hosting/src/a.ts', 'fflate'), 'page-knows-only-contracts'],
    ['import rules', importing('hosting/src/a.ts', 'node:fs'), 'page-knows-only-contracts'],
    [
      'import rules',
      {
        'functions/src/contracts/a.ts': 'export const a = 1;\n',
        ...importing('hosting/src/a.ts', '../../functions/src/contracts/a.ts'),
      },
      'page-takes-types-of-contracts',
    ],
    ['import rules', importing('hosting/src/data/a.ts', 'react'), 'page-data-knows-no-view'],
    ['import rules', importing('hosting/src/views/a/a.ts', 'firebase/app'), 'page-knows-firebase-in-data'],
    [
      'import rules',
      { 'hosting/src/views/b/b.tsx': 'export const b = 1;\n', ...importing('hosting/src/views/a/a.ts', '../b/b.tsx') },
      'views-stand-alone',
    ],
    [
      'import rules',
      { ...importing('hosting/src/a.ts', './b.tsx'), ...importing('hosting/src/b.tsx', './a.ts') },
      'no-cycles',
    ],
    [
      'import rules',
      importing('functions/src/deps.ts', '../../hosting/src/main.tsx'),
      'source-does-not-import-tests-or-scripts',
    ],
    ['purity', { 'functions/src/export/a.ts': 'export const a = () => Math.random();\n' }, 'a.ts:1 uses Math.random'],
    ['purity', { 'functions/src/analyze/a.ts': 'export const a = new Date();\n' }, 'a.ts:1 uses new Date()'],
    [
      'dead code',
      { 'functions/src/convert/unused.ts': 'export const unused = 1;\n' },
      'functions/src/convert/unused.ts',
    ],
    [
      'file length',
      { 'functions/src/convert/long.ts': 'export {};\n'.repeat(301) },
      'functions/src/convert/long.ts: 301 lines',
    ],
    ['file length', { 'hosting/src/long.css': 'a {\n}\n'.repeat(151) }, 'hosting/src/long.css: 302 lines'],
    [
      'lockfile',
      {
        'package-lock.json': JSON.stringify({
          packages: { 'node_modules/a': { resolved: 'https://example.test/a.tgz' } },
        }),
      },
      'node_modules/a holds a download address',
    ],
    [
      'lockfile',
      {
        'package-lock.json': JSON.stringify({
          packages: { 'node_modules/a': { optionalDependencies: { 'a-darwin-x64': '1.0.0' } } },
        }),
      },
      'a-darwin-x64 is missing',
    ],
    ['lockfile', { 'package.json': JSON.stringify({ dependencies: { zod: '^4.0.0' } }) }, 'zod@^4.0.0 is not pinned'],
    [
      'licences',
      {
        'vendor/a/package.json': JSON.stringify({ license: 'AGPL-3.0' }),
        'package-lock.json': JSON.stringify({ packages: { 'vendor/a': {} } }),
      },
      'licence "AGPL-3.0" is not accepted',
    ],
    ['licences', bundledWithLicence('GPL-3.0'), 'a/node_modules/b: licence "GPL-3.0" is not accepted in the page'],
    [
      'licences',
      importing('hosting/src/a.ts', 'a-package-that-is-not-locked'),
      'a-package-that-is-not-locked: built into',
    ],
    ['dead code', { 'hosting/src/unused.ts': 'export const unused = 1;\n' }, 'hosting/src/unused.ts'],
  ])('%s (%#)', async (name, files, complaint) => {
    const { ok, output } = await gate(name).run(plant(files));
    expect(output).toContain(complaint);
    expect(ok).toBe(false);
  });
});

test.each(GATES.filter(({ name }) => name !== 'dead code').map(({ name }) => name))(
  'The %s gate lets a clean tree through',
  async (name) => {
    const result = await gate(name).run(plant({}));
    expect(result).toEqual({ ok: true, output: result.output });
  },
);

test('The dead code gate does not complain of what is used', async () => {
  const { output } = await gate('dead code').run(plant({}));
  expect(output).not.toContain('double.ts');
});

test('A type of the contracts, a package of the page and a permissive licence below it pass', async () => {
  const files = {
    'functions/src/contracts/a.ts': 'export type A = 1;\n',
    'hosting/src/views/a/a.ts':
      "import type { A } from '../../../../functions/src/contracts/a.ts';\n\nexport const a: A = 1;\n",
    ...importing('hosting/src/data/b.ts', 'firebase/app'),
    'hosting/src/data/words.ts': "export const words = ['taken from', ', '];\n",
  };
  expect(await gate('import rules').run(plant(files))).toMatchObject({ ok: true });
  const { 'hosting/src/data/words.ts': words } = files;
  const bundled = { ...bundledWithLicence('ISC'), 'hosting/src/data/words.ts': words };
  expect(await gate('licences').run(plant(bundled))).toEqual({ ok: true, output: '' });
});
