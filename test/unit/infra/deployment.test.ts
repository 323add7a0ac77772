import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { readTerraform } from '../../support/read-terraform.ts';

const ROOT = join(import.meta.dirname, '../../..');

test('the build passes every variable that Terraform asks for, and no other', async () => {
  const { variables } = await readTerraform(join(ROOT, 'infra'));
  const build = readFileSync(join(ROOT, 'cloudbuild.yaml'), 'utf8');
  const passed = [...build.matchAll(/TF_VAR_(\w+)=/g)].map(([, name = '']) => name);
  const asked = Object.keys(variables).filter((name) => variables[name].default === undefined);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((name) => !passed.includes(name))).toEqual([]);
  expect(passed.filter((name) => variables[name] === undefined)).toEqual([]);
});

test('nothing is deployed from another branch: each step after the tests asks first', () => {
  const build = readFileSync(join(ROOT, 'cloudbuild.yaml'), 'utf8');
  const steps = build.split(/^ {2}- id: /m).slice(1);
  const unguarded = steps.filter((step) => !/^ *\[+ "?\$_DEPLOY"? ==? true \]+ \|\| exit 0$/m.test(step));
  expect(unguarded.map((step) => step.split('\n')[0])).toEqual(['check-and-test']);
  expect(build).toMatch(/^ *_DEPLOY: "false"$/m);
});

test('the page is built before it is deployed, and last of all', () => {
  const build = readFileSync(join(ROOT, 'cloudbuild.yaml'), 'utf8');
  const steps = [...build.matchAll(/^ {2}- id: (\S+)$/gm)].map(([, id]) => id);
  expect(steps.indexOf('page')).toBeGreaterThan(steps.indexOf('check-and-test'));
  expect(steps.at(-1)).toBe('hosting');
  expect(steps).toContain('page');
});

test('what is uploaded for the functions is the compiled code and what it needs, and nothing of the page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mdraft-upload-'));
  const wanted = ['LICENSE', 'dist/functions/src/index.js', 'package-lock.json', 'package.json'];
  for (const path of [
    ...wanted,
    'hosting/dist/index.html',
    'hosting/dist/dist/a.js',
    'functions/src/index.ts',
    '.env',
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
  // Its syntax is that of .gitignore: https://cloud.google.com/sdk/gcloud/reference/topic/gcloudignore
  const git = (...args: string[]) => spawnSync('git', args, { cwd: folder, encoding: 'utf8' }).stdout;
  git('init', '--quiet');
  const uploaded = git('ls-files', '--others', `--exclude-from=${join(ROOT, '.gcloudignore')}`);
  rmSync(folder, { recursive: true });
  expect(uploaded.trim().split('\n').sort()).toEqual(wanted);
});

describe('scripts/package-functions.mjs', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mdraft-package-'));
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'package.json'), '{}');
    writeFileSync(join(folder, 'dist/index.js'), 'export {};');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const pack = (archive: string, names: string[]) =>
    spawnSync(process.execPath, [join(ROOT, 'scripts/package-functions.mjs'), archive], {
      cwd: folder,
      input: `${names.join('\n')}\n`,
      encoding: 'utf8',
    });

  test('packs the named files and nothing else', () => {
    writeFileSync(join(folder, 'dist/secret.js'), '');
    expect(pack('out/a.zip', ['package.json', 'dist/index.js']).status).toBe(0);
    const files = unzipSync(new Uint8Array(readFileSync(join(folder, 'out/a.zip'))));
    expect(Object.keys(files)).toEqual(['dist/index.js', 'package.json']);
    expect(new TextDecoder().decode(files['dist/index.js'])).toBe('export {};');
  });

  test('gives the same bytes for the same files, whenever and in whichever order they are named', () => {
    pack('a.zip', ['package.json', 'dist/index.js']);
    utimesSync(join(folder, 'package.json'), 1, 1);
    pack('b.zip', ['dist/index.js', 'package.json']);
    expect(readFileSync(join(folder, 'b.zip')).equals(readFileSync(join(folder, 'a.zip')))).toBe(true);
    writeFileSync(join(folder, 'dist/index.js'), 'export { };');
    pack('c.zip', ['dist/index.js', 'package.json']);
    expect(readFileSync(join(folder, 'c.zip')).equals(readFileSync(join(folder, 'a.zip')))).toBe(false);
  });

  test('refuses to pack what was not compiled', () => {
    const { status, stderr } = pack('a.zip', ['package.json']);
    expect(status).toBe(2);
    expect(stderr).toContain('dist/');
  });
});
