import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { type ConverterPool, createConverterPool, type PoolOptions } from '../../../functions/src/sandbox/pool.ts';
import { makePdf } from '../../support/make-pdf.ts';
import { ocrPage, ocrParagraph } from '../../support/ocr-pages.ts';

/** Asks until the answer is truthy, at most ten seconds. */
const eventually = async <T>(ask: () => T): Promise<T> => {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return ask();
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const limits = { pdfBytes: 1e6, officeBytes: 1e6, textBytes: 1e6, otherBytes: 1e6, unpackedBytes: 1e7 };
const converterUrl = new URL('../../fixtures/parsers/misbehaving-converter.ts', import.meta.url).href;
const pools: ConverterPool[] = [];

const poolWith = (options: Partial<PoolOptions> = {}): ConverterPool => {
  const pool = createConverterPool({ size: 1, timeoutSeconds: 20, memoryMb: 64, limits, converterUrl, ...options });
  pools.push(pool);
  return pool;
};

const file = (fileName: string) => ({ bytes: new Uint8Array([1, 2, 3]), fileName });

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

describe('A parser that misbehaves costs one failure and not the process', () => {
  test.each([
    ['loops.pdf', 'CONVERSION_TIMEOUT', { timeoutSeconds: 0.5 }],
    ['eats-heap.pdf', 'CONVERSION_OUT_OF_MEMORY', {}],
    ['eats-heap-at-once.pdf', 'CONVERSION_OUT_OF_MEMORY', {}],
    ['eats-buffers.pdf', 'CONVERSION_OUT_OF_MEMORY', {}],
    ['eats-wasm.pdf', 'CONVERSION_OUT_OF_MEMORY', {}],
    ['exits.pdf', 'CONVERTER_CRASHED', {}],
    ['throws.pdf', 'CONVERTER_CRASHED', {}],
  ])('%s is reported as %s, and the next document converts', async (fileName, reason, options) => {
    const pool = poolWith(options);
    await expect(pool.convert(file(fileName))).rejects.toMatchObject({ reason, details: { fileName } });
    await expect(pool.convert(file('good.pdf'))).resolves.toMatchObject({ fileName: 'good.pdf', sizeBytes: 3 });
  });

  test('A document read after a refused growth of memory is not passed off as whole', async () => {
    const pool = poolWith();
    await expect(pool.convert(file('survives-refused-growth.pdf'))).rejects.toMatchObject({
      reason: 'CONVERSION_OUT_OF_MEMORY',
    });
  });

  test('Documents that wait behind a bad one are converted all the same', async () => {
    const pool = poolWith({ timeoutSeconds: 0.5 });
    const results = await Promise.allSettled(
      ['loops.pdf', 'a.pdf', 'exits.pdf', 'b.pdf'].map((name) => pool.convert(file(name))),
    );
    expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
  });
});

describe('Pages are taken out where documents are read', () => {
  const pageOf = (fileName: string) => ({ ...file(fileName), pageNumbers: [1] });

  test.each([
    ['loops.pdf', 'CONVERSION_TIMEOUT', { timeoutSeconds: 0.5 }],
    ['eats-wasm.pdf', 'CONVERSION_OUT_OF_MEMORY', {}],
    ['survives-refused-growth.pdf', 'CONVERSION_OUT_OF_MEMORY', {}],
    ['throws.pdf', 'CONVERTER_CRASHED', {}],
    ['refuses.pdf', 'FILE_ENCRYPTED', {}],
    ['writes-file.pdf', 'CONVERTER_CRASHED', {}],
  ])('%s is reported as %s, and the next pages are taken', async (fileName, reason, options) => {
    const pool = poolWith(options);
    await expect(pool.extractPages(pageOf(fileName))).rejects.toMatchObject({ reason, details: { fileName } });
    await expect(pool.extractPages(pageOf('good.pdf'))).resolves.toMatchObject({ mediaType: 'application/pdf' });
  });

  test('They wait in one line with conversions, and are refused once the pool is closed', async () => {
    const pool = poolWith({ timeoutSeconds: 0.5 });
    const outcomes = await Promise.allSettled([
      pool.convert(file('loops.pdf')),
      pool.extractPages(pageOf('good.pdf')),
      pool.convert(file('good.pdf')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    await pool.close();
    await expect(pool.extractPages(pageOf('good.pdf'))).rejects.toMatchObject({ reason: 'CONVERTER_CRASHED' });
  });

  test('Files are taken out of a container in the same way', async () => {
    const pool = poolWith({ timeoutSeconds: 0.5 });
    await expect(pool.unpack(file('loops.pdf'))).rejects.toMatchObject({ reason: 'CONVERSION_TIMEOUT' });
    await expect(pool.unpack(file('refuses.pdf'))).rejects.toMatchObject({ reason: 'FILE_ENCRYPTED' });
    expect(await pool.unpack(file('good.zip'))).toEqual([
      { fileName: 'in good.zip', bytes: new Uint8Array([1, 2, 3]) },
    ]);
  });

  test('The real converter takes pages of a PDF and reads recognised ones within its fence', async () => {
    const realUrl = new URL('../../../functions/src/convert/index.ts', import.meta.url).href;
    const pool = poolWith({ converterUrl: realUrl, memoryMb: 128 });
    const bytes = makePdf([{ image: true }, { image: true }]);
    const extract = await pool.extractPages({ bytes, fileName: 'scan.pdf', pageNumbers: [2] });
    expect(extract.pageSizes).toEqual([{ widthPt: 612, heightPt: 792 }]);
    expect((await pool.convert({ bytes: extract.bytes, fileName: 'page.pdf' })).pagesNeedingOcr).toEqual([1]);
    const ocrPages = [ocrPage(2, [ocrParagraph(100, ['The second page of the scan.'])])];
    expect(await pool.convert({ bytes, fileName: 'scan.pdf', ocrPages })).toMatchObject({
      markdown: 'The second page of the scan.\n',
      pagesNeedingOcr: [1],
    });
  });
});

test("A converter's typed refusal crosses the process border with its reason, message and details", async () => {
  await expect(poolWith().convert(file('refuses.pdf'))).rejects.toMatchObject({
    name: 'AppError',
    reason: 'FILE_ENCRYPTED',
    code: 'invalid-argument',
    publicMessage: expect.stringContaining('refuses.pdf is protected by a password'),
  });
});

test('Progress reaches the caller', async () => {
  const onProgress = jest.fn();
  await poolWith().convert({ ...file('good.pdf'), onProgress });
  expect(onProgress).toHaveBeenLastCalledWith(1, 1);
});

test("The caller's bytes stay usable after a conversion", async () => {
  const request = file('good.pdf');
  await poolWith().convert(request);
  expect([...request.bytes]).toEqual([1, 2, 3]);
});

test('What a parser prints goes nowhere, since it may be document text', async () => {
  const write = jest.spyOn(process.stdout, 'write');
  await poolWith().convert(file('chatters.pdf'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(write.mock.calls.flat().join('')).not.toContain('document text');
  write.mockRestore();
});

test('Two processes convert two documents at the same time', async () => {
  const pool = poolWith({ size: 2, timeoutSeconds: 2 });
  const finished: string[] = [];
  const note = (name: string) => () => finished.push(name);
  await Promise.all([
    pool.convert(file('loops.pdf')).catch(note('loops')),
    pool.convert(file('good.pdf')).then(note('good')),
  ]);
  expect(finished).toEqual(['good', 'loops']);
});

test('Closing the pool ends what is under way and what waits', async () => {
  const pool = poolWith();
  const outcomes = Promise.allSettled([pool.convert(file('loops.pdf')), pool.convert(file('good.pdf'))]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await pool.close();
  expect((await outcomes).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
  await expect(pool.convert(file('good.pdf'))).rejects.toMatchObject({ reason: 'CONVERTER_CRASHED' });
});

test('A conversion ends with the program that asked for it, even one that loops and was killed without warning', async () => {
  const poolUrl = new URL('../../../functions/src/sandbox/pool.ts', import.meta.url).href;
  const program = `
    const { createConverterPool } = await import(${JSON.stringify(poolUrl)});
    const options = ${JSON.stringify({ size: 1, timeoutSeconds: 60, memoryMb: 64, limits, converterUrl })};
    const onProgress = (pid) => process.stdout.write(String(pid));
    await createConverterPool(options).convert({ bytes: new Uint8Array(1), fileName: 'says-where-and-loops.pdf', onProgress });`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  parent.stdout.on('data', (chunk) => {
    said += chunk;
  });
  try {
    const pid = Number(await eventually(() => said));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    expect(await eventually(() => !isAlive(pid))).toBe(true);
  } finally {
    parent.kill('SIGKILL');
  }
});

test.each(['writes-file.pdf', 'reads-file.pdf', 'starts-process.pdf'])(
  'A parser that is taken over gets nowhere: %s is stopped',
  async (fileName) => {
    const path = join(tmpdir(), `mdraft-taken-over-${process.pid}`);
    const request = { bytes: new TextEncoder().encode(path), fileName };
    await expect(poolWith().convert(request)).rejects.toMatchObject({
      reason: 'CONVERTER_CRASHED',
      cause: expect.objectContaining({ message: expect.stringContaining('Access to this API has been restricted') }),
    });
    expect(existsSync(path)).toBe(false);
  },
);

test('Documents convert where the installed packages are a link to another folder', () => {
  const root = mkdtempSync(join(tmpdir(), 'mdraft-linked-'));
  const repository = join(import.meta.dirname, '../../..');
  try {
    cpSync(join(repository, 'functions'), join(root, 'functions'), { recursive: true });
    cpSync(join(repository, 'package.json'), join(root, 'package.json'));
    symlinkSync(realpathSync(join(repository, 'node_modules')), join(root, 'node_modules'));
    const program = `
      const { createConverterPool } = await import('./functions/src/sandbox/pool.ts');
      const pool = createConverterPool(${JSON.stringify({ size: 1, timeoutSeconds: 20, memoryMb: 128, limits })});
      const document = await pool.convert({ bytes: new TextEncoder().encode('# Linked'), fileName: 'a.md' });
      process.stdout.write(document.blocks[0].text);
      await pool.close();`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stdout).toBe('Linked');
  } finally {
    rmSync(root, { recursive: true });
  }
});
