import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const REPOSITORY = join(import.meta.dirname, '../../..');
const PAGE = 'test/page/keyboard.test.ts';
const OTHER_PAGE = 'test/page/account.test.ts';
const UNIT = 'test/unit/errors.test.ts';

/** The tests of a file, as Jest calls how they ended; none: the file itself could not be run. */
type Ended = Readonly<Record<string, readonly ('passed' | 'failed')[]>>;

/** Commands that `.ci/run` looks for, and does not find on every machine. */
const LOOKED_FOR = ['git', 'java', 'chromium'];

/** In the place of npm: notes how it was called, and ends as planted. */
const NPM = `#!/bin/sh
[ "$1" = test ] || exit 0
echo "$*" >> calls
for each; do
  case $each in --outputFile=*) file=\${each#--outputFile=} ;; esac
done
planted=$(basename "$file")
[ ! -f "$planted" ] || cp "$planted" "$file"
[ "$planted" = first.json ] && exit "$FIRST_EXIT_CODE"
exit "$SECOND_EXIT_CODE"
`;

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'mdraft-ci-')));
  for (const path of ['.ci/run', 'scripts/second-try.mjs']) cpSync(join(REPOSITORY, path), join(root, path));
  mkdirSync(join(root, 'bin'));
  for (const [name, text] of [['npm', NPM], ...LOOKED_FOR.map((each) => [each, '#!/bin/sh\n'])] as const) {
    writeFileSync(join(root, 'bin', name ?? ''), text ?? '');
    chmodSync(join(root, 'bin', name ?? ''), 0o755);
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const plant = (name: string, ended: Ended): number => {
  const testResults = Object.entries(ended).map(([path, statuses]) => ({
    name: join(root, path),
    status: statuses.length === 0 || statuses.includes('failed') ? 'failed' : 'passed',
    assertionResults: statuses.map((status) => ({ status })),
  }));
  writeFileSync(join(root, `${name}.json`), JSON.stringify({ testResults }));
  return testResults.some(({ status }) => status === 'failed') ? 1 : 0;
};

/** Runs `.ci/run` where the first run of the tests, and a second one if there is any, end as planted. A number: without results. */
const runOn = (first: Ended | number, second: Ended | number = 124) => {
  const exitCodeOf = (name: string, planted: Ended | number) =>
    typeof planted === 'number' ? planted : plant(name, planted);
  const { stdout, stderr, status } = spawnSync('bash', [join(root, '.ci/run')], {
    encoding: 'utf8',
    env: {
      ...process.env,
      PATH: `${join(root, 'bin')}${delimiter}${process.env.PATH}`,
      FIRST_EXIT_CODE: `${exitCodeOf('first', first)}`,
      SECOND_EXIT_CODE: `${exitCodeOf('second', second)}`,
    },
  });
  const [, ...secondRuns] = readFileSync(join(root, 'calls'), 'utf8').trim().split('\n');
  return { lines: (stdout + stderr).trim().split('\n'), status, secondRuns };
};

test('Where nothing fails there is no second run', () => {
  const { lines, status, secondRuns } = runOn({ [PAGE]: ['passed', 'passed'], [UNIT]: ['passed'] });
  expect(secondRuns).toEqual([]);
  expect(lines).toEqual(['3 passed, 0 failed']);
  expect(status).toBe(0);
});

test('A file of tests in a browser that fails once is run again alone, has passed then, and is named', () => {
  const first: Ended = { [PAGE]: ['passed', 'failed'], [OTHER_PAGE]: ['passed'], [UNIT]: ['passed'] };
  const { lines, status, secondRuns } = runOn(first, { [PAGE]: ['passed', 'passed'] });
  expect(secondRuns).toEqual([expect.stringMatching(new RegExp(`--runInBand --runTestsByPath ${PAGE}$`))]);
  expect(lines).toEqual([`passed at the second try: ${PAGE}`, '4 passed, 0 failed']);
  expect(status).toBe(0);
});

test('A file of tests in a browser that fails twice has failed', () => {
  const first: Ended = { [PAGE]: ['passed', 'failed'], [OTHER_PAGE]: [], [UNIT]: ['passed'] };
  const { lines, status } = runOn(first, { [PAGE]: ['failed', 'passed'], [OTHER_PAGE]: ['passed'] });
  expect(lines).toEqual([`passed at the second try: ${OTHER_PAGE}`, `failed: ${PAGE}`, '3 passed, 1 failed']);
  expect(status).toBe(1);
});

test('A second run that does not end saves nothing', () => {
  const { lines, status } = runOn({ [PAGE]: ['failed'], [UNIT]: ['passed'] });
  expect(lines).toEqual([`failed: ${PAGE}`, '1 passed, 1 failed']);
  expect(status).toBe(1);
});

test('A file of any other test has one try', () => {
  const { lines, status, secondRuns } = runOn({ [UNIT]: ['failed'], [PAGE]: ['passed'] }, { [UNIT]: ['passed'] });
  expect(secondRuns).toEqual([]);
  expect(lines).toEqual([`failed: ${UNIT}`, '1 passed, 1 failed']);
  expect(status).toBe(1);
});

test('A file that cannot be run at all counts as a failure', () => {
  expect(runOn({ [UNIT]: [], [PAGE]: ['passed'] })).toMatchObject({ status: 1, secondRuns: [] });
});

test('A run that does not end, or fails without a file that failed, is a failure', () => {
  const timedOut = runOn(124);
  expect(timedOut.lines).toEqual(['failed: the test run itself, with exit code 124', '0 passed, 1 failed']);
  expect(timedOut.status).toBe(1);
  plant('first', { [UNIT]: ['passed'] });
  expect(runOn(1)).toMatchObject({ status: 1, lines: expect.arrayContaining(['1 passed, 1 failed']) });
});
