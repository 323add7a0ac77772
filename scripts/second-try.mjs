/**
 * What continuous integration makes of Jest's results (https://jestjs.io/docs/cli#--json), in plain JavaScript for any Node from 20:
 * a file of tests in a browser that failed beside all the others is run once more without them, and what passes then has passed. A
 * file of any other test has one try.
 *
 *   node scripts/second-try.mjs again FIRST.json                          names the files that get a second try, a line each
 *   node scripts/second-try.mjs tell EXIT_CODE FIRST.json SECOND.json     says what came of it; exit code 1 when something failed
 *
 * EXIT_CODE is the first run's. A file of results that is not there belongs to a run that did not take place or did not end.
 */
import { existsSync, readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';

const IN_BROWSER = /^test\/page\//;

/** Path below the working folder → how many of its tests passed and failed; a file that fails outside of its tests counts as one. */
const readFiles = (results) => {
  if (!existsSync(results)) return new Map();
  const { testResults } = JSON.parse(readFileSync(results, 'utf8'));
  return new Map(
    testResults.map(({ name, status, assertionResults }) => {
      const count = (wanted) => assertionResults.filter((each) => each.status === wanted).length;
      const failed = status === 'failed' ? Math.max(1, count('failed')) : 0;
      return [relative(process.cwd(), name).split(sep).join('/'), { passed: count('passed'), failed }];
    }),
  );
};

const failedIn = (files) => [...files].filter(([, { failed }]) => failed > 0).map(([path]) => path);
const hasPassed = (file) => file !== undefined && file.failed === 0 && file.passed > 0;
const sumOf = (files, key) => [...files.values()].reduce((sum, file) => sum + file[key], 0);

const again = (first) => failedIn(readFiles(first)).filter((path) => IN_BROWSER.test(path));

const tell = (exitCode, firstResults, secondResults) => {
  const [first, second] = [readFiles(firstResults), readFiles(secondResults)];
  const saved = again(firstResults).filter((path) => hasPassed(second.get(path)));
  const files = new Map([...first, ...saved.map((path) => [path, second.get(path)])]);
  const lines = [
    ...saved.map((path) => `passed at the second try: ${path}`),
    ...failedIn(files).map((path) => `failed: ${path}`),
  ];
  // Without a file that failed it is the run itself that did: it took too long, or broke off.
  const isBroken = first.size === 0 || (exitCode !== 0 && failedIn(first).length === 0);
  if (isBroken) lines.push(`failed: the test run itself, with exit code ${exitCode}`);
  const failed = sumOf(files, 'failed') + (isBroken ? 1 : 0);
  return { lines: [...lines, `${sumOf(files, 'passed')} passed, ${failed} failed`], failed };
};

const [command, ...args] = process.argv.slice(2);
if (command === 'again') {
  for (const path of again(args[0])) console.log(path);
} else if (command === 'tell') {
  const { lines, failed } = tell(Number(args[0]), args[1], args[2]);
  console.log(lines.join('\n'));
  process.exitCode = failed > 0 ? 1 : 0;
} else {
  console.error('mdraft: give "again" or "tell", and files of results.');
  process.exitCode = 2;
}
