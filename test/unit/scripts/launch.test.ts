import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';

const launcher = join(import.meta.dirname, '../../../scripts/launch.mjs');
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const manifest = (version: string) => ({
  name: 'clone',
  version,
  lockfileVersion: 3,
  packages: { '': { name: 'clone', version } },
});

/** A clone as small as can be: the real launcher, nothing to download, and a program that tells how it was called. */
const freshClone = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'mdraft-clone-'));
  folders.push(root);
  mkdirSync(join(root, 'scripts'));
  cpSync(launcher, join(root, 'scripts/launch.mjs'));
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'clone', version: '1.0.0', type: 'module' }));
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(manifest('1.0.0')));
  writeFileSync(
    join(root, 'scripts/mdraft.ts'),
    'const said: string = JSON.stringify({ args: process.argv.slice(2), from: process.env.INIT_CWD });\nconsole.log(said);\nprocess.exitCode = 3;\n',
  );
  return root;
};

const launch = (root: string, ...args: string[]) => {
  const { INIT_CWD: _, ...env } = process.env;
  return spawnSync(process.execPath, [join(root, 'scripts/launch.mjs'), ...args], {
    encoding: 'utf8',
    cwd: tmpdir(),
    env,
  });
};

test('On a fresh clone the launcher installs with a progress line, then hands over arguments, folder and exit code', () => {
  const { stdout, stderr, status } = launch(freshClone(), 'mdraft', 'convert', 'a b.pdf');
  expect(stderr).toMatch(/^Installing what mdraft needs[\s\S]*done\n$/);
  expect(JSON.parse(stdout)).toEqual({ args: ['convert', 'a b.pdf'], from: tmpdir() });
  expect(status).toBe(3);
});

test('What is installed is not installed again, until the lockfile changes', () => {
  const root = freshClone();
  launch(root, 'mdraft');
  expect(launch(root, 'mdraft').stderr).toBe('');
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(manifest('1.0.1')));
  expect(launch(root, 'mdraft').stderr).toContain('Installing');
});

test('A failed installation says what npm said and runs nothing', () => {
  const root = freshClone();
  const needsMore = { name: 'clone', version: '1.0.0', dependencies: { 'not-in-the-lockfile': '1.0.0' } };
  writeFileSync(join(root, 'package.json'), JSON.stringify(needsMore));
  const { stdout, stderr, status } = launch(root, 'mdraft');
  expect(stderr).toContain('the installation failed. npm said:');
  expect(stdout).toBe('');
  expect(status).toBe(1);
});

test('A launcher that is asked to end hands the request on, and says so in its exit code', async () => {
  const root = freshClone();
  launch(root, 'mdraft');
  writeFileSync(
    join(root, 'scripts/mdraft.ts'),
    "process.on('SIGTERM', () => { console.log('ending'); process.exit(143); });\nconsole.log('ready');\nsetInterval(() => undefined, 1000);\n",
  );
  const child = spawn(process.execPath, [join(root, 'scripts/launch.mjs'), 'mdraft'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  const exitCode = await new Promise((resolve) => {
    child.on('close', resolve);
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (String(chunk).includes('ready')) child.kill('SIGTERM');
    });
  });
  expect(said).toBe('ready\nending\n');
  expect(exitCode).toBe(143);
});

test('An unknown command is a usage error that names the commands there are', () => {
  const { stderr, status } = launch(freshClone(), 'nonsense');
  expect(stderr).toBe('mdraft: "nonsense" is not one of start, mdraft, check, bench, fuzz, test.\n');
  expect(status).toBe(2);
});
