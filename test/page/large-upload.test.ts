/** A file of many parts over a line that breaks off: it goes on where it stood, and what arrives is the file. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { paddedPdf } from '../support/padded-pdf.ts';
import { describeWithPage, PAGE_TEST_TIMEOUT_MS, type PageLab, startPageLab } from '../support/page-lab.ts';
import { expectRowCount, openMatrix, WORK_MS } from '../support/page-steps.ts';
import type { Visit } from '../support/page-visit.ts';
import { temporaryFolder } from '../support/whole-system.ts';
import { wordsShown } from '../support/words-shown.ts';

jest.setTimeout(PAGE_TEST_TIMEOUT_MS);

const MIB = 1024 * 1024;
const PADDING_BYTES = 40 * MIB;
const PART_BYTES = 8 * MIB;
/** The second of them never leaves the browser. */
const LOST_PART_START = PART_BYTES;

interface SentPart {
  /** First byte, and the one after the last. */
  from: number;
  to: number;
  isLost: boolean;
}

describeWithPage('an upload of 40 MB', () => {
  const folder = temporaryFolder();
  const file = paddedPdf('The Contractor shall index every reel of film.', PADDING_BYTES);
  const path = join(folder.path, 'film.pdf');
  const parts: SentPart[] = [];
  let questions = 0;
  let lab: PageLab;
  let visit: Visit;

  beforeAll(async () => {
    writeFileSync(path, file);
    lab = await startPageLab({ environment: { MAX_UPLOAD_PDF_MB: '80' } });
    visit = await lab.visit();
    await visit.context.route(`${lab.system.cloud.storage.url}/**`, (route) => {
      const range = route.request().headers()['content-range'] ?? '';
      const [, from, last] = /^bytes (\d+)-(\d+)\//.exec(range) ?? [];
      if (range.startsWith('bytes */')) questions += 1;
      if (from === undefined || last === undefined) return route.continue();
      const isLost = Number(from) === LOST_PART_START && !parts.some((part) => part.isLost);
      parts.push({ from: Number(from), to: Number(last) + 1, isLost });
      return isLost ? route.abort('connectionreset') : route.continue();
    });
  });
  afterEach(() => expect(visit.faults).toEqual([]));
  afterAll(async () => {
    await lab?.close();
    folder.remove();
  });

  test('Goes on by itself at the byte where the connection broke off, and sends nothing else twice', async () => {
    const { page } = visit;
    const told = await wordsShown(page, 'main p');
    await page.goto(lab.url);
    await page.locator('input[type=file]').setInputFiles(path);
    await page
      .getByText(/^Arrived|^Being read|^Read, /)
      .first()
      .waitFor({ timeout: WORK_MS });
    expect((await told()).join()).toContain('taken up again 1 time');
    const arrived = parts.filter(({ isLost }) => !isLost);
    expect(parts.filter(({ isLost }) => isLost)).toEqual([
      { from: LOST_PART_START, to: LOST_PART_START + PART_BYTES, isLost: true },
    ]);
    expect(questions).toBe(1);
    expect(arrived.map(({ from }) => from)).toEqual([0, ...arrived.slice(0, -1).map(({ to }) => to)]);
    expect(arrived.at(-1)?.to).toBe(file.length);
    expect(Math.max(...parts.map(({ from, to }) => to - from))).toBe(PART_BYTES);
  });

  test('Is read as the file that it was, which its fingerprint shows', async () => {
    const { page } = visit;
    await page.getByText('What was read is exactly your file').waitFor({ timeout: WORK_MS });
    await openMatrix(page);
    await expectRowCount(page, 1);
  });
});
