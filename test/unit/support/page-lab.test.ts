/** A test of the page that cannot run: on CI that is a failure, elsewhere it is skipped and said. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../../..');
const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');

const runWithoutBrowser = (ci: string) =>
  spawnSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', JEST, 'test/page/deep-links.test.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, CI: ci, CHROMIUM_PATH: '/nowhere/chromium' },
  });

describe('a test of the page without a browser', () => {
  it('fails on CI and says what to install', () => {
    const { status, stderr } = runWithoutBrowser('true');
    expect(status).toBe(1);
    expect(stderr).toContain('No Chromium was found');
  });

  it('is skipped elsewhere with a plain line', () => {
    const { status, stderr } = runWithoutBrowser('');
    expect(status).toBe(0);
    expect(stderr).toMatch(/^Skipped: .*No Chromium was found/m);
  });
});
