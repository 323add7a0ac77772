/** What people bring: born-digital files, scans, and files that cannot be read; what becomes of them, and how they are looked at. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import type { Locator, Page } from 'playwright-core';
import { truncatedPdf } from '../support/broken-files.ts';
import { eventually } from '../support/eventually.ts';
import { renderPages, toImageOnlyPdf } from '../support/image-only-pdf.ts';
import { makePdf, textLines } from '../support/make-pdf.ts';
import { describeWithPage, PAGE_TEST_TIMEOUT_MS, type PageLab, startPageLab } from '../support/page-lab.ts';
import {
  expectRowCount,
  matrixRow,
  type NamedFile,
  openMatrix,
  uploadThrough,
  WORK_MS,
} from '../support/page-steps.ts';
import type { Visit } from '../support/page-visit.ts';

jest.setTimeout(PAGE_TEST_TIMEOUT_MS);

const DOCX = join(import.meta.dirname, '../fixtures/solicitation/docx/04-amendment-0001.docx');
const DPI = 200;
const MIB = 1024 * 1024;
/** Until a click is seen to have done something. */
const SIGHT_MS = 1000;
/** Where the one sentence of each page stands, in points from the left and the top. */
const [LEFT, BASELINE] = [72, 90];
const PAGE = { width: 612, height: 792 };
const SENTENCES = {
  first: 'The Contractor shall sweep the reading room daily.',
  second: 'The Contractor shall dust the card catalog weekly.',
  scan: 'The Contractor shall clean room 1.',
  docx: 'The Contractor shall report every suspected security incident',
  east: 'The Contractor shall paint the east wall green.',
  west: 'The Contractor shall paint the west wall blue.',
  north: 'The Contractor shall paint the north wall white.',
  south: 'The Contractor shall paint the south wall grey.',
  beams: 'The Contractor shall oil the beams of the roof.',
  tiles: 'The Contractor shall replace broken tiles.',
};

const PDF = 'application/pdf';
const named = (name: string, mimeType: string, bytes: Uint8Array | string): NamedFile => ({
  name,
  mimeType,
  buffer: Buffer.from(bytes as Uint8Array),
});

const DIGITAL = named(
  'digital.pdf',
  PDF,
  makePdf([SENTENCES.first, SENTENCES.second].map((each) => ({ texts: textLines([each], LEFT, BASELINE) }))),
);
const WALLS = [
  named('north.md', 'text/markdown', `# North\n\n${SENTENCES.north}\n`),
  named('south.md', 'text/markdown', `# South\n\n${SENTENCES.south}\n`),
];

const HALLS = [
  named('east.md', 'text/markdown', `# East\n\n${SENTENCES.east}\n`),
  named('west.md', 'text/markdown', `# West\n\n${SENTENCES.west}\n`),
];

const ROOF = named(
  'roof.zip',
  'application/zip',
  zipSync({
    'roof/beams.md': strToU8(`# Beams\n\n${SENTENCES.beams}\n`),
    'roof/more.zip': zipSync({ 'tiles.txt': strToU8(`${SENTENCES.tiles}\n`) }),
    'roof/tool.bin': new Uint8Array([0, 1, 2, 3]),
  }),
);

const scanned = async (): Promise<NamedFile> => {
  const slip = makePdf([{ widthPt: 260, heightPt: 50, texts: [{ text: SENTENCES.scan, x: 15, y: 30, size: 14 }] }]);
  return named('scan.pdf', PDF, toImageOnlyPdf(await renderPages(slip, DPI), DPI));
};

describeWithPage('own documents', () => {
  let lab: PageLab;
  let visit: Visit;
  let page: Page;

  beforeAll(async () => {
    lab = await startPageLab({ environment: { MAX_UPLOAD_TEXT_MB: '1' } });
    visit = await lab.visit();
    ({ page } = visit);
  });
  afterEach(() => expect(visit.faults).toEqual([]));
  afterAll(() => lab?.close());

  const listed = (name: string): Locator => page.getByRole('main').getByRole('row').filter({ hasText: name });
  const expectListedOnce = (name: string): Promise<void> =>
    eventually(async () => expect(await listed(name).count()).toBe(1));
  const openDocuments = async (): Promise<void> => {
    await page.getByRole('link', { name: 'Documents', exact: true }).first().click();
    await page.getByRole('heading', { name: 'Documents', level: 1 }).waitFor();
  };
  const openDocument = async (name: string): Promise<void> => {
    await openDocuments();
    await listed(name).getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  };
  /** The picture of a page, once it is drawn. */
  const picture = async (name: string): Promise<Locator> => {
    const drawn = page.getByRole('region', { name: 'Original' }).getByRole('img', { name, exact: true });
    await drawn.and(page.locator('[data-drawn]')).waitFor();
    return drawn;
  };
  const markdown = (): Locator => page.getByRole('region', { name: 'Markdown' });
  const expectRow = (sentence: string): Promise<void> => matrixRow(page).filter({ hasText: sentence }).waitFor();

  test('A PDF, a Word file and a scan become one matrix; beside them each file that cannot be read says why', async () => {
    const broken = await truncatedPdf();
    await page.goto(lab.url);
    await uploadThrough(page, [
      DIGITAL,
      named('amendment.docx', '', await readFile(DOCX)),
      await scanned(),
      named('empty.pdf', PDF, ''),
      named('setup.exe', 'application/x-msdownload', 'MZ and so on'),
      named(broken.fileName, PDF, broken.bytes),
      named('long.md', 'text/markdown', 'The Contractor shall read on. '.repeat((1.5 * MIB) / 30)),
    ]);
    const link = page.getByRole('link', { name: 'Open the matrix' });
    await link.waitFor({ timeout: WORK_MS });
    await eventually(async () => {
      const told = await page.getByRole('alert').allTextContents();
      expect(told.sort()).toEqual([
        expect.stringMatching(/^cut-short\.pdf is damaged or cut short: .*Download or export it again\.$/),
        'empty.pdf is empty (0 bytes). Export or download it again.',
        'long.md is 1.5 MB; of Markdown, files of up to 1 MB are taken. Split it and upload the parts together.',
        expect.stringMatching(/^setup\.exe: it is .*\. mdraft reads PDF, .*\.$/),
      ]);
    });
    const card = page.getByRole('article', { name: '7 files' });
    await card.getByText(/; not in it: .*setup\.exe/).waitFor();
    await page
      .getByRole('heading', { name: 'Your matrix is ready, but 4 of 7 files are not in it', level: 1 })
      .waitFor();
    await card.getByText('Read by text recognition, 1 page').waitFor();
    await openMatrix(page);
    for (const name of ['first', 'second', 'scan', 'docx'] as const) await expectRow(SENTENCES[name]);
    const lacking = page.getByText(/4 of 7 files are not in this analysis: .*empty\.pdf \(empty\)/);
    await lacking.waitFor();
    await page.getByRole('link', { name: 'See what failed and try again' }).click();
    await page.getByText('Ready in part', { exact: true }).waitFor();
    await lacking.waitFor();
    await page.getByText('Complete:').waitFor({ state: 'detached' });
  });

  test('A package that is read while the page is loaded again is analysed all the same', async () => {
    lab.system.cloud.tasks.hold('convert-document');
    await page.goto(lab.url);
    await uploadThrough(page, HALLS);
    await page.getByText('Arrived. In the queue').nth(1).waitFor();
    await page.reload();
    const card = page.getByRole('article', { name: '2 files' });
    await card.getByText('west.md').waitFor();
    await lab.system.cloud.tasks.release('convert-document');
    await card.getByRole('link', { name: 'Open the matrix' }).waitFor({ timeout: WORK_MS });
    await page.reload();
    await page.getByRole('heading', { name: 'Your matrix is ready', level: 1 }).waitFor();
    await card.getByRole('link', { name: 'Open the matrix' }).click();
    for (const name of ['east', 'west'] as const) await expectRow(SENTENCES[name]);
  });

  test('A scan shows its page beside the text that was recognised on it, and says that it was', async () => {
    await openDocument('scan.pdf');
    await picture('Page 1');
    await markdown().filter({ hasText: SENTENCES.scan }).waitFor();
    const note = page.getByText('Read by text recognition: compare with the picture.');
    await note.waitFor();
    const pages = page.getByRole('group', { name: 'Pages of the original' });
    await eventually(async () =>
      expect(await pages.getAttribute('aria-describedby')).toBe(await note.getAttribute('id')),
    );
    await page.getByText('1 page read by text recognition', { exact: true }).waitFor();
  });

  test('A click on the page of the original shows the block in the Markdown, and a click there the place on the page', async () => {
    await openDocument('digital.pdf');
    const first = await picture('Page 1');
    expect(await page.getByText(/text recognition/i).count()).toBe(0);
    const current = markdown().locator('[aria-current=true]');
    await eventually(async () => {
      const scale = ((await first.boundingBox())?.width ?? Number.NaN) / PAGE.width;
      await first.click({ position: { x: (LEFT + 40) * scale, y: (BASELINE - 4) * scale } });
      await current.filter({ hasText: SENTENCES.first }).waitFor({ timeout: SIGHT_MS });
    });

    await markdown().getByText(SENTENCES.second).click();
    await current.filter({ hasText: SENTENCES.second }).waitFor();
    const second = await picture('Page 2');
    const mark = second.locator('xpath=following-sibling::div').first();
    await mark.waitFor();
    await eventually(async () => {
      const [around, marked] = [await second.boundingBox(), await mark.boundingBox()];
      const scale = (around?.width ?? Number.NaN) / PAGE.width;
      const middle = ((marked?.y ?? 0) + (marked?.height ?? 0) / 2 - (around?.y ?? 0)) / scale;
      expect(middle).toBeGreaterThan(BASELINE - 12);
      expect(middle).toBeLessThan(BASELINE + 4);
    });
    const number = page.getByRole('textbox', { name: 'Page' });
    await eventually(async () => expect(await number.inputValue()).toBe('2'));
  });

  test('The same file once more is not read again: what was made of it is offered', async () => {
    await openDocuments();
    await uploadThrough(page, [DIGITAL]);
    const card = page.getByRole('article', { name: 'digital.pdf' });
    await card.getByText('The same file was read before, as digital.pdf.').waitFor();
    await card.getByRole('link', { name: 'Open document' }).click();
    await page.getByRole('heading', { name: 'digital.pdf', level: 1 }).waitFor();
    await openDocuments();
    await expectListedOnce('digital.pdf');
  });

  test('Several files at once are listed when they are read, and are analysed together when they are selected', async () => {
    await uploadThrough(page, WALLS);
    for (const { name } of WALLS) {
      await listed(name).getByText('Ready', { exact: true }).waitFor({ timeout: WORK_MS });
      await page.getByRole('checkbox', { name: `Select ${name}` }).check();
    }
    await page.getByRole('button', { name: 'Analyse 2 together' }).click();
    await page.waitForURL(/\/runs\/[\w-]+$/);
    await openMatrix(page);
    for (const name of ['north', 'south'] as const) await expectRow(SENTENCES[name]);
    await expectRowCount(page, 2);
  });

  test('An archive shows the files in it as they are read, its matrix is theirs, and they are listed and deleted with it', async () => {
    await page.goto(lab.url);
    await uploadThrough(page, [ROOF]);
    const card = page.getByRole('article', { name: 'roof.zip' });
    const inside = card.getByRole('list', { name: 'Files in roof.zip' });
    await inside.getByRole('link', { name: 'beams.md' }).waitFor({ timeout: WORK_MS });
    await inside.getByRole('list', { name: 'Files in more.zip' }).getByRole('link', { name: 'tiles.txt' }).waitFor();
    await inside.getByText(/^tool\.bin: it is a \.bin file; .*\.$/).waitFor();
    const ready = 'Your matrix is ready, but 1 of 3 files is not in it';
    await page.getByRole('heading', { name: ready, level: 1 }).waitFor({ timeout: WORK_MS });
    await openMatrix(page);
    for (const name of ['beams', 'tiles'] as const) await expectRow(SENTENCES[name]);
    await page.getByText(/1 of 3 files is not in this analysis: tool\.bin \(format not supported\)/).waitFor();

    await openDocument('tiles.txt');
    await page.getByRole('link', { name: 'In more.zip' }).click();
    await page.getByRole('heading', { name: 'more.zip', level: 1 }).waitFor();
    await page.getByRole('region', { name: 'Files in it' }).getByRole('link', { name: 'tiles.txt' }).waitFor();

    await openDocuments();
    await listed('beams.md').getByText('In roof.zip').waitFor();
    await page.getByRole('button', { name: 'Delete roof.zip' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete this document?' });
    await dialog.getByText('The 4 files inside go too.').waitFor();
    await dialog.getByRole('button', { name: 'Delete document' }).click();
    for (const name of ['roof.zip', 'beams.md', 'more.zip', 'tiles.txt', 'tool.bin']) {
      await eventually(async () => expect(await listed(name).count()).toBe(0));
    }
  });

  test('A deleted document is gone from the list, and its address leads nowhere', async () => {
    await openDocument('scan.pdf');
    const address = page.url();
    await openDocuments();
    await page.getByRole('button', { name: 'Delete scan.pdf' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete this document?' });
    await dialog.getByText(/^This also erases the analysis of digital\.pdf, \d+ rows\.$/).waitFor();
    await dialog.getByRole('button', { name: 'Keep' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expectListedOnce('scan.pdf');
    await page.getByRole('button', { name: 'Delete scan.pdf' }).click();
    await dialog.getByRole('button', { name: 'Delete document' }).click();
    await listed('scan.pdf').waitFor({ state: 'detached' });
    await page.goto(address);
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    expect(await page.getByRole('img').count()).toBe(0);
  });
});
