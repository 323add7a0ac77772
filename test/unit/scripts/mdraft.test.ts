/** The command line as a child process, with the real converters and the real rules. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AnalysisSchema } from '../../../functions/src/contracts/analysis.ts';
import {
  type BrokenFile,
  docxNamedPdf,
  emptyFile,
  encryptedPdf,
  overLimitPdf,
  overLimitText,
  pdfNamedDocx,
  truncatedDocx,
  truncatedPdf,
  zipBombDocx,
} from '../../support/broken-files.ts';
import { generateSolicitation } from '../../support/generate-solicitation.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SAMPLE = join(ROOT, 'test/fixtures/solicitation/pdf');
const LIMIT_MB = 0.25;

/** Two pages with nothing on them; without a cross-reference table, which readers rebuild. */
const emptyPagesPdf = (): string =>
  [
    '%PDF-1.4',
    '1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj',
    '2 0 obj << /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >> endobj',
    '3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >> endobj',
    '4 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >> endobj',
    'trailer << /Root 1 0 R /Size 5 >>',
    '%%EOF',
    '',
  ].join('\n');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mdraft-e2e-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Starts a script with the working folder that npm would have changed away from. */
const start = (
  script: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildProcess =>
  spawn(process.execPath, [join(ROOT, 'scripts', script), ...args], {
    cwd: ROOT,
    env: { ...process.env, INIT_CWD: folder, NO_COLOR: '1', ...environment },
  });

interface Ended {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

const ended = (child: ChildProcess): Promise<Ended> =>
  new Promise((resolve) => {
    const printed = { stdout: '', stderr: '' };
    child.stdout?.on('data', (chunk) => {
      printed.stdout += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      printed.stderr += chunk;
    });
    child.on('close', (exitCode) => resolve({ exitCode, ...printed }));
  });

const mdraft = (...args: string[]): Promise<Ended> => ended(start('mdraft.ts', args));
const samplePdfs = async (): Promise<string[]> =>
  (await readdir(SAMPLE)).filter((name) => name.endsWith('.pdf')).map((name) => join(SAMPLE, name));
const firstSample = async (): Promise<string> => (await samplePdfs())[0] ?? '';

test('A PDF becomes Markdown on standard output, and nothing else is printed', async () => {
  const { exitCode, stdout, stderr } = await mdraft('convert', await firstSample());
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^#+ /m);
});

test('Two runs over the same package write the same bytes', async () => {
  const files = await samplePdfs();
  const [one, two] = await Promise.all(['one', 'two'].map((name) => mdraft('analyze', ...files, '--out-dir', name)));
  expect(one?.exitCode).toBe(0);
  expect(two?.exitCode).toBe(0);
  const names = (await readdir(join(folder, 'one'))).sort();
  expect((await readdir(join(folder, 'two'))).sort()).toEqual(names);
  expect(names).toEqual(expect.arrayContaining(['analysis.json', 'compliance-matrix.xlsx']));
  for (const name of names) {
    expect((await readFile(join(folder, 'one', name))).equals(await readFile(join(folder, 'two', name)))).toBe(true);
  }
});

test('analysis.json keeps its schema, and each sentence is accounted for', async () => {
  await mdraft('analyze', ...(await samplePdfs()), '--out-dir', 'out', '--format', 'json');
  const analysis = AnalysisSchema.parse(JSON.parse(await readFile(join(folder, 'out/analysis.json'), 'utf8')));
  const matrix = analysis.complianceMatrix;
  expect(matrix?.rows.length).toBeGreaterThan(20);
  expect(matrix?.rows.every(({ source }) => source.pageNumber !== undefined)).toBe(true);
  const coverage = matrix?.coverage;
  expect(coverage?.sentences).toBe(
    (coverage?.inMatrix ?? 0) + (coverage?.excluded.length ?? 0) + (coverage?.unresolved.length ?? 0),
  );
});

describe('a file that must be refused', () => {
  const limitBytes = LIMIT_MB * 1024 * 1024;
  const cases: [string, () => BrokenFile | Promise<BrokenFile>][] = [
    ['an empty file', emptyFile],
    ['a PDF cut short', truncatedPdf],
    ['a DOCX cut short', truncatedDocx],
    ['a PDF with a password', encryptedPdf],
    ['a PDF named .docx', pdfNamedDocx],
    ['a DOCX named .pdf', docxNamedPdf],
    ['a ZIP bomb', zipBombDocx],
    ['a PDF over the limit', () => overLimitPdf(limitBytes)],
    ['a text over the limit', () => overLimitText(limitBytes)],
  ];

  test.each(cases)('%s gives its reason in one line, exit code 1, and leaves nothing behind', async (_, make) => {
    const { fileName, bytes, expectedReason } = await make();
    await writeFile(join(folder, fileName), bytes);
    const limits =
      expectedReason === 'FILE_TOO_LARGE'
        ? { MAX_UPLOAD_PDF_MB: `${LIMIT_MB}`, MAX_UPLOAD_TEXT_MB: `${LIMIT_MB}` }
        : undefined;
    const { exitCode, stdout, stderr } = await ended(
      start('mdraft.ts', ['convert', fileName, '--out-dir', 'out'], limits),
    );
    expect(stderr).toMatch(
      new RegExp(`^error: [^\\n]*${fileName.replaceAll('.', '\\.')}[^\\n]*\\[${expectedReason}\\]\\n$`),
    );
    expect(stdout).toBe('');
    expect(exitCode).toBe(1);
    expect(await readdir(folder)).toEqual([fileName]);
  });

  test('With --json the error is an object with its details', async () => {
    const { fileName, bytes, expectedReason } = await truncatedPdf();
    await writeFile(join(folder, fileName), bytes);
    const { stdout, stderr } = await mdraft('convert', fileName, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { reason: expectedReason, details: { fileName } } });
    expect(stderr).toBe('');
  });
});

test('A manifest is converted in one process, with a log of begin and end', async () => {
  await writeFile(join(folder, 'a.txt'), 'The offeror shall sign.\n');
  await writeFile(join(folder, 'm.json'), JSON.stringify([{ id: 'a', path: 'a.txt' }]));
  const { exitCode } = await mdraft('convert', '--manifest', 'm.json', '--out-dir', 'out');
  expect(exitCode).toBe(0);
  const log = (await readFile(join(folder, 'out/_log.jsonl'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(log).toMatchObject([{ startup_ms: expect.any(Number) }, { begin: 'a' }, { id: 'a', ok: true }]);
  expect(await readFile(join(folder, 'out/a.md'), 'utf8')).toContain('The offeror shall sign.');
});

test('Ctrl-C in the middle of a list ends it with 130 and leaves no half-written file', async () => {
  await writeFile(join(folder, 'long.pdf'), await generateSolicitation({ seed: 7, pages: 100 }).pdf);
  const entries = Array.from({ length: 50 }, (_, index) => ({ id: `n${index}`, path: 'long.pdf' }));
  await writeFile(join(folder, 'm.json'), JSON.stringify(entries));
  const child = start('mdraft.ts', ['convert', '--manifest', 'm.json', '--out-dir', 'out']);
  const end = ended(child);
  const logPath = join(folder, 'out/_log.jsonl');
  while (!(await readFile(logPath, 'utf8').catch(() => '')).includes('begin')) await setTimeout(20);
  child.kill('SIGINT');
  const { exitCode, stderr } = await end;
  expect(exitCode).toBe(130);
  expect(stderr).toBe('');
  const written = (await readdir(join(folder, 'out'))).filter((name) => name !== '_log.jsonl');
  expect(written.filter((name) => !name.endsWith('.md'))).toEqual([]);
  expect(written.length).toBeLessThan(entries.length);
});

describe('Ctrl-C while analyze holds the thread', () => {
  const { markdown } = generateSolicitation({ seed: 7, pages: 400 });

  test.each(['reading', 'analysing', 'rendering xlsx'])(
    'During %s it ends with 130 before the next phase and leaves nothing behind',
    async (phase) => {
      await writeFile(join(folder, 'big.md'), markdown);
      const child = start('mdraft.ts', ['analyze', 'big.md', '--out-dir', 'out'], { NODE_DEBUG: 'mdraft' });
      let told = '';
      child.stderr?.on('data', (chunk) => {
        const before = told.includes(`phase: ${phase}\n`);
        told += chunk;
        if (!before && told.includes(`phase: ${phase}\n`)) child.kill('SIGINT');
      });
      const { exitCode, stdout } = await ended(child);
      expect([...told.matchAll(/phase: (.*)\n/g)].at(-1)?.[1]).toBe(phase);
      expect(exitCode).toBe(130);
      expect(stdout).toBe('');
      expect(await readdir(folder)).toEqual(['big.md']);
    },
  );
});

describe('standard output on a full disk', () => {
  const ontoFullDisk = async (...args: string[]) => {
    const full = await open('/dev/full', 'w');
    const child = spawn(process.execPath, [join(ROOT, 'scripts/mdraft.ts'), ...args], {
      cwd: ROOT,
      env: { ...process.env, INIT_CWD: folder, NO_COLOR: '1' },
      stdio: ['ignore', full.fd, 'pipe'],
    });
    const result = await ended(child);
    await full.close();
    return result;
  };

  test.each([
    ['convert a.txt'],
    ['convert a.txt --json'],
    ['analyze a.txt --out-dir out'],
    ['analyze a.txt --out-dir out --json'],
    ['--help'],
    ['--version'],
  ])('mdraft %s gives one error line and exit code 1', async (line) => {
    await writeFile(join(folder, 'a.txt'), 'The offeror shall sign.\n');
    const { exitCode, stderr } = await ontoFullDisk(...line.split(' '));
    expect(stderr).toBe('error: Standard output cannot be written: the disk is full. [OUTPUT_UNWRITABLE]\n');
    expect(exitCode).toBe(1);
  });

  test('The files of an analysis are whole all the same', async () => {
    await writeFile(join(folder, 'a.txt'), 'The offeror shall sign.\n');
    await ontoFullDisk('analyze', 'a.txt', '--out-dir', 'out');
    AnalysisSchema.parse(JSON.parse(await readFile(join(folder, 'out/analysis.json'), 'utf8')));
    expect(await readdir(join(folder, 'out'))).toHaveLength(5);
  });
});

test.each(['blank.md', 'blank.pdf'])('%s, in which there is no text, is not "done"', async (name) => {
  const bytes = name.endsWith('.pdf') ? emptyPagesPdf() : '\n\n';
  await writeFile(join(folder, name), bytes);
  for (const args of [
    ['convert', name],
    ['analyze', name, '--out-dir', 'out'],
  ]) {
    const { exitCode, stderr } = await mdraft(...args, '-q');
    expect(stderr).toBe(`warning: no text was found in ${name}. Check that it is the right file. [NO_TEXT]\n`);
    expect(exitCode).toBe(3);
  }
  const analysis = AnalysisSchema.parse(JSON.parse(await readFile(join(folder, 'out/analysis.json'), 'utf8')));
  expect(analysis.complianceMatrix?.coverage.complete).toBe(false);
});

test('A reader that closes the pipe early is no error', async () => {
  await writeFile(join(folder, 'long.txt'), 'The offeror shall sign each page.\n\n'.repeat(20_000));
  const child = start('mdraft.ts', ['convert', 'long.txt']);
  child.stdout?.once('data', () => child.stdout?.destroy());
  const { exitCode, stderr } = await ended(child);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
});

test('A wrong setting is named', async () => {
  await writeFile(join(folder, 'a.txt'), 'x');
  const { exitCode, stderr } = await ended(start('mdraft.ts', ['convert', 'a.txt'], { MAX_UPLOAD_PDF_MB: 'many' }));
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^error: The setting MAX_UPLOAD_PDF_MB .*\[CONFIG_INVALID\]\n$/);
});

test('npm start --embedded shows the sample from PDF to matrix and says where it is saved', async () => {
  const { exitCode, stdout, stderr } = await ended(start('start.ts', ['--embedded']));
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/\d+ sentences: \d+ in the matrix, \d+ excluded with a reason, \d+ unresolved\./);
  expect(stdout).toContain('Saved in out/sample');
  expect(stderr).not.toContain('error');
  expect(await readdir(join(folder, 'out/sample'))).toEqual(
    expect.arrayContaining(['analysis.json', 'compliance-matrix.xlsx']),
  );
});

test('npm start without Java says in one line what helps, and does the same in one process', async () => {
  const environment = { PATH: folder, JAVA_HOME: '', FIRESTORE_EMULATOR_JAR: '' };
  const { exitCode, stdout } = await ended(start('start.ts', [], environment));
  expect(exitCode).toBe(0);
  const [first] = stdout.split('\n');
  expect(first).toMatch(/^In one process, without the services around it\. .*Java.*: \S.*$/);
  expect(stdout).toContain('Saved in out/sample');
});
