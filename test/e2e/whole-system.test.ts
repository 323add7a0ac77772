import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { readConfig } from '../../functions/src/config.ts';
import type { CliDeps } from '../../scripts/cli/deps.ts';
import { runPackage } from '../../scripts/whole-system/run-package.ts';
import { type SentPackage, sendPackage } from '../../scripts/whole-system/send-package.ts';
import {
  describeWithWholeSystem,
  startWholeSystem,
  temporaryFolder,
  type WholeSystem,
} from '../support/whole-system.ts';

const ROOT = join(import.meta.dirname, '../..');
const SAMPLE = join(ROOT, 'test/fixtures/solicitation/pdf');
const FORMATS = {
  json: 'analysis.json',
  xlsx: 'compliance-matrix.xlsx',
  csv: 'compliance-matrix.csv',
  md: 'compliance-matrix.md',
};

const sample = readdirSync(SAMPLE)
  .sort()
  .map((name) => ({ file: name, fileName: name, bytes: readFileSync(join(SAMPLE, name)) }));

describeWithWholeSystem('the sample through the whole system', () => {
  const folder = temporaryFolder();
  let system: WholeSystem;
  let sent: SentPackage;

  const send = (files = sample): Promise<SentPackage> =>
    sendPackage({
      client: system.client,
      files,
      kinds: ['compliance-matrix'],
      formats: ['json', 'xlsx', 'csv', 'md'],
      signal: AbortSignal.timeout(55_000),
    });

  beforeAll(async () => {
    system = await startWholeSystem({ folder: folder.path });
    sent = await send();
  });
  afterAll(async () => {
    await system?.close();
    folder.remove();
  });

  test('Every export and every document is, byte for byte, what mdraft analyze writes', () => {
    const out = join(folder.path, 'cli');
    const files = sample.map(({ fileName }) => join(SAMPLE, fileName));
    const cli = spawnSync(process.execPath, [join(ROOT, 'scripts/mdraft.ts'), 'analyze', ...files, '--out-dir', out]);
    expect(cli.status).toBe(0);
    expect(sent.run).toMatchObject({ state: 'completed', missing: [] });
    expect(sent.exports.map(({ format }) => format)).toEqual(Object.keys(FORMATS));
    for (const { format, bytes } of sent.exports) {
      expect(Buffer.from(bytes).equals(readFileSync(join(out, FORMATS[format])))).toBe(true);
    }
    for (const { file, markdown } of sent.documents) {
      const name = basename(file).replace(/\.pdf$/, '.md');
      expect(Buffer.from(markdown ?? '').toString()).toBe(readFileSync(join(out, name), 'utf8'));
    }
  });

  test('Files that cannot be read are told, and the others are analysed, as in one process: same words, same files, same exit code', async () => {
    const mine = join(folder.path, 'mine');
    mkdirSync(mine);
    writeFileSync(join(mine, 'empty.pdf'), '');
    writeFileSync(join(mine, 'deck.pptx'), zipSync({ 'ppt/presentation.xml': strToU8('<p/>') }));
    writeFileSync(join(mine, 'cut.pdf'), '%PDF-1.7 and no more');
    writeFileSync(join(mine, 'plan.md'), '# Plan\n\nThe Contractor shall deliver the report.\n');
    writeFileSync(join(mine, 'README'), 'The Contractor shall deliver a plan.\n');
    const files = ['empty.pdf', 'plan.md', 'deck.pptx', 'README', 'cut.pdf', 'gone.pdf'];
    const told = { stdout: '', stderr: '' };
    const writer = (stream: keyof typeof told) => ({
      write: (text: string): void => {
        told[stream] += text;
      },
    });
    const deps = {
      stdout: writer('stdout'),
      stderr: writer('stderr'),
      workingFolder: mine,
      signal: AbortSignal.timeout(30_000),
      elapsedMs: () => performance.now(),
      readConfig: async () => readConfig({}),
    } as unknown as CliDeps;
    const { hostingUrl, authHost } = system.cloud;
    const exitCode = await runPackage(
      { hostingUrl, authHost, visitorPath: join(folder.path, 'visitor') },
      { help: false, once: true, embedded: false, files },
      { sampleFolder: SAMPLE, columns: 100, bold: (text) => text },
      deps,
    );
    const alone = spawnSync(
      process.execPath,
      [join(ROOT, 'scripts/mdraft.ts'), 'analyze', ...files, '--out-dir', 'alone'],
      { cwd: mine, env: { ...process.env, INIT_CWD: mine }, encoding: 'utf8' },
    );

    expect([exitCode, alone.status]).toEqual([3, 3]);
    const errors = (text: string) => text.split('\n').filter((line) => line.startsWith('error:'));
    expect(errors(told.stderr).sort()).toEqual(errors(alone.stderr).sort());
    expect(errors(told.stderr)).toHaveLength(4);
    expect(told.stdout).toMatch(/uploaded .* 4 documents by signed URL/);
    expect(told.stdout).toMatch(/^2 documents: through the whole system/m);
    const names = readdirSync(join(mine, 'alone')).sort();
    expect(readdirSync(join(mine, 'out/package')).sort()).toEqual(names);
    for (const name of names) {
      const ours = readFileSync(join(mine, 'out/package', name));
      expect([name, ours.equals(readFileSync(join(mine, 'alone', name)))]).toEqual([name, true]);
    }
  });

  test('A package of which nothing can be read has no run and no results', async () => {
    const empty = { file: 'empty.pdf', fileName: 'empty.pdf', bytes: Buffer.alloc(0) };
    const refused = await send([empty]);
    expect(refused).toMatchObject({ exports: [], documents: [{ failure: { reason: 'FILE_EMPTY' } }] });
    expect(refused.run).toBeUndefined();
  });

  test('What the API says of the run is what is in the matrix', async () => {
    const runId = sent.run?.runId ?? '';
    const analysis = JSON.parse(Buffer.from(sent.exports[0]?.bytes ?? '').toString());
    const { rows } = await system.client.listRows({ runId, pageSize: 500 });
    expect(rows.length).toBe(sent.run?.rows);
    expect(rows).toEqual(analysis.complianceMatrix.rows);
  });

  test('One upload that names its kinds goes all the way by itself', async () => {
    const [first] = sample;
    if (!first) throw new Error('there is no sample');
    const request = {
      fileName: first.fileName,
      contentType: 'application/pdf',
      sizeBytes: first.bytes.length,
      kinds: ['compliance-matrix' as const],
    };
    const { conversionId, upload } = await system.client.createUpload(request);
    const { method, headers } = upload;
    const put = await fetch(upload.url, { method, headers, body: new Uint8Array(first.bytes) });
    expect(put.status).toBe(200);
    const again = await fetch(upload.url, { method, headers, body: new Uint8Array(first.bytes) });
    expect(again.status).toBe(412);
    const settled = async (): Promise<string> => {
      for (;;) {
        const { runId } = (await system.client.getConversion({ conversionId })).conversion;
        const state = runId === undefined ? null : (await system.client.getRun({ runId })).run.state;
        if (state === 'completed' || state === 'failed' || state === 'partial') return state;
        await sleep(700);
      }
    };
    expect(await settled()).toBe('completed');
  });

  test('A second start finds what the first one stored, for the same visitor', async () => {
    const before = await system.client.listConversions({ pageSize: 100 });
    await system.close();
    system = await startWholeSystem({ folder: folder.path });
    expect(system.isNewVisitor).toBe(false);
    const after = await system.client.listConversions({ pageSize: 100 });
    expect(after.conversions.length).toBeGreaterThanOrEqual(4);
    expect(after.conversions.map(({ conversionId }) => conversionId)).toEqual(
      before.conversions.map(({ conversionId }) => conversionId),
    );
    const runId = sent.run?.runId ?? '';
    const { download } = await system.client.exportRun({ runId, format: 'json' });
    const bytes = Buffer.from(await (await fetch(download.url)).arrayBuffer());
    expect(bytes.equals(Buffer.from(sent.exports[0]?.bytes ?? ''))).toBe(true);
  });

  test('The folder belongs to one system at a time', async () => {
    // The process that holds it is this one, so another process has to try.
    const other = spawnSync(process.execPath, [join(ROOT, 'scripts/start.ts'), '--once'], {
      env: { ...process.env, MDRAFT_DATA_FOLDER: folder.path },
      encoding: 'utf8',
    });
    expect(other.status).toBe(1);
    expect(other.stderr).toContain(`kill ${process.pid}`);
  });
});

/** Process ids below this one, by ps. */
const descendantsOf = (pid: number): number[] => {
  const { stdout } = spawnSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    pairs.flatMap(([child = 0, of]) => (of === parent ? [child, ...below(child)] : []));
  return below(pid);
};

const isRunning = (pid: number): boolean => {
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'stat='], { encoding: 'utf8' });
  // A zombie runs no more; it waits for whoever inherited it to notice.
  return stdout.trim() !== '' && !stdout.startsWith('Z');
};

describeWithWholeSystem('npm start', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  test('It shows every part with its address, then the matrix, stays up until Ctrl-C, and leaves nothing running', async () => {
    const child = spawn(process.execPath, [join(ROOT, 'scripts/start.ts')], {
      env: { ...process.env, MDRAFT_DATA_FOLDER: join(folder.path, 'data'), INIT_CWD: folder.path, NO_COLOR: '1' },
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    while (!output.includes('Up until Ctrl-C') && child.exitCode === null) await sleep(50);
    const processes = descendantsOf(child.pid ?? 0);
    const url = /Ready after [\d.]+ s: (\S+)/.exec(output)?.[1];
    const health = await fetch(`${url}/api/v1/health`);
    child.kill('SIGINT');

    expect(await ended).toBe(0);
    expect(health.status).toBe(200);
    expect(output.match(/ ready +[\d.]+ s/g)).toHaveLength(12);
    expect(output).toMatch(/Saved in out\/sample/);
    expect(processes.length).toBeGreaterThanOrEqual(4);
    for (let waited = 0; waited < 50 && processes.some(isRunning); waited += 1) await sleep(100);
    expect(processes.filter(isRunning)).toEqual([]);
    await expect(fetch(`${url}/`)).rejects.toThrow();
  });
});
