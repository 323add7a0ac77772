import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ensurePageIsBuilt } from '../../../../scripts/page/build-page.ts';

const REPOSITORY = join(import.meta.dirname, '../../../..');

/** A page in small: one module, and what else the hash is made of. */
const PAGE: Record<string, string> = {
  'hosting/index.html': '<!doctype html><title>t</title><script type="module" src="/src/main.ts"></script>',
  'hosting/src/main.ts': "document.title = 'first';\n",
  'hosting/vite.config.ts': 'export default { build: { modulePreload: { polyfill: false } } };\n',
  'functions/src/contracts/a.ts': 'export const a = 1;\n',
  'test/fixtures/solicitation/pdf/a.pdf': 'pdf',
  'tsconfig.json': '{}',
  'package-lock.json': '{}',
};

let root: string;
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const builtScripts = (): string => {
  const assets = join(root, 'hosting/dist/assets');
  return readdirSync(assets)
    .map((name) => readFileSync(join(assets, name), 'utf8'))
    .join('\n');
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mdraft-page-'));
  for (const [path, text] of Object.entries(PAGE)) write(path, text);
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('A page that is up to date is left alone; each kind of change builds it anew, and nothing of the old one stays', async () => {
  expect(await ensurePageIsBuilt({ root })).toEqual({ folder: join(root, 'hosting/dist'), isNew: true });
  expect(builtScripts()).toContain('first');
  expect((await ensurePageIsBuilt({ root })).isNew).toBe(false);
  write('hosting/src/main.ts', "document.title = 'second';\n");
  expect((await ensurePageIsBuilt({ root })).isNew).toBe(true);
  expect(builtScripts()).toContain('second');
  expect(builtScripts()).not.toContain('first');
  for (const path of ['package-lock.json', 'functions/src/contracts/a.ts', 'test/fixtures/solicitation/pdf/a.pdf']) {
    write(path, '{ }');
    expect([path, (await ensurePageIsBuilt({ root })).isNew]).toEqual([path, true]);
  }
  rmSync(join(root, 'hosting/dist'), { recursive: true });
  expect((await ensurePageIsBuilt({ root })).isNew).toBe(true);
});

test('What cannot be built is told with the place, and the page that was there stays and is known to be outdated', async () => {
  await ensurePageIsBuilt({ root });
  write('hosting/src/main.ts', "document.title = 'broken;\n");
  const failure = await ensurePageIsBuilt({ root }).catch((error: Error) => error.message);
  expect(failure).toContain('The page could not be built. Mend what is named here, then start again.');
  expect(failure).toContain('main.ts');
  expect(builtScripts()).toContain('first');
  await expect(ensurePageIsBuilt({ root })).rejects.toThrow('could not be built');
  write('hosting/src/main.ts', PAGE['hosting/src/main.ts'] ?? '');
  expect((await ensurePageIsBuilt({ root })).isNew).toBe(false);
});

test('Two processes that want the page at once build it once, and both find it whole', async () => {
  const program = `
    import { existsSync } from 'node:fs';
    import { ensurePageIsBuilt } from ${JSON.stringify(join(REPOSITORY, 'scripts/page/build-page.ts'))};
    const { folder, isNew } = await ensurePageIsBuilt({ root: ${JSON.stringify(root)} });
    console.log(JSON.stringify({ isNew, isThere: existsSync(folder + '/index.html') }));`;
  const run = promisify(execFile);
  const answers = await Promise.all(
    [0, 1].map(async () => JSON.parse((await run(process.execPath, ['--input-type=module', '-e', program])).stdout)),
  );
  expect(answers.map(({ isThere }) => isThere)).toEqual([true, true]);
  expect(answers.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
});

test('Twice at once in one process is one build; a build that is given up leaves no page and no claim', async () => {
  const stopping = new AbortController();
  const givenUp = ensurePageIsBuilt({ root, signal: stopping.signal });
  stopping.abort(new Error('stopped'));
  await expect(givenUp).rejects.toThrow('stopped');
  expect(existsSync(join(root, 'hosting/dist'))).toBe(false);
  const both = await Promise.all([ensurePageIsBuilt({ root }), ensurePageIsBuilt({ root })]);
  expect(both[0]).toBe(both[1]);
});

test('The build is that of production, whatever NODE_ENV is here', async () => {
  write('hosting/src/main.ts', 'document.title = process.env.NODE_ENV;\n');
  await ensurePageIsBuilt({ root });
  expect(process.env.NODE_ENV).toBe('test');
  expect(builtScripts()).toContain('production');
});
