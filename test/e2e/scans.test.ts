/** Scans and photos through the whole system: read by the Document AI stand-in, at most 15 pages a call. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Document } from '../../functions/src/contracts/document.ts';
import { renderPages, toImageOnlyPdf, toPng } from '../support/image-only-pdf.ts';
import { makePdf } from '../support/make-pdf.ts';
import { type FileToUpload, type Operator, openOperator, uploadFile } from '../support/system-uploads.ts';
import {
  describeWithWholeSystem,
  startWholeSystem,
  temporaryFolder,
  type WholeSystem,
} from '../support/whole-system.ts';

/** What the stand-in looks at a page with. */
const DPI = 200;
const PAGES = 40;
const PAGES_A_CALL = 15;

/** One for each page. */
const WORDS = `apple bridge candle desert engine forest garden hammer island jacket kitchen ladder mirror needle orange
  pencil quarter ribbon silver ticket umbrella village window yellow anchor basket copper dragon elephant feather guitar
  harvest insect jungle kettle lantern magnet number onion pepper`.split(/\s+/);

const numbersFrom = (first: number, count: number): number[] => Array.from({ length: count }, (_, at) => first + at);

const SHARDS = [numbersFrom(1, 15), numbersFrom(16, 15), numbersFrom(31, 10)];

/** Small pages of one line: as little work for the recogniser as may be. */
const slip = (word: string) => ({
  widthPt: 260,
  heightPt: 50,
  texts: [{ text: `This page shows the ${word} alone.`, x: 15, y: 30, size: 14 }],
});

const drawn = (words: readonly string[]) => renderPages(makePdf(words.map(slip)), DPI);

interface OpenedDocument {
  markdown: string;
  index: Omit<Document, 'markdown'>;
}

/** Of each page, the words that only one page has. */
const wordsByPage = ({ blocks }: Pick<Document, 'blocks'>): Map<number, string[]> => {
  const found = new Map<number, string[]>();
  for (const { pageNumber, text } of blocks) {
    if (pageNumber === undefined) continue;
    const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
    found.set(pageNumber, [...(found.get(pageNumber) ?? []), ...words.filter((word) => WORDS.includes(word))]);
  }
  return found;
};

describeWithWholeSystem('scans through the whole system', () => {
  const folder = temporaryFolder();
  let system: WholeSystem;
  let operator: Operator;
  let scan: Uint8Array;

  beforeAll(async () => {
    const [started, images] = await Promise.all([startWholeSystem({ folder: folder.path }), drawn(WORDS)]);
    system = started;
    operator = openOperator(system.cloud);
    scan = toImageOnlyPdf(images, DPI);
  });
  afterEach(() => system?.cloud.documentAi.faults.clear());
  afterAll(async () => {
    await operator?.close();
    await system?.close();
    folder.remove();
  });

  const convert = async (file: FileToUpload) => operator.settledConversion(await uploadFile(system.client, file));

  const open = async (conversionId: string): Promise<OpenedDocument> => {
    const { markdown, blocks } = await system.client.openDocument({ conversionId });
    const [text, index] = await Promise.all([fetch(markdown.url), fetch(blocks.url)]);
    return { markdown: await text.text(), index: (await index.json()) as OpenedDocument['index'] };
  };

  test('A scan of 40 pages goes out in three calls and comes back as one document: every page in its place, with its words', async () => {
    const callsBefore = system.cloud.documentAi.callCount();
    const { conversionId, state, result } = await convert({ fileName: 'scan.pdf', bytes: scan });
    expect(WORDS).toHaveLength(PAGES);
    expect({ state, ...result }).toMatchObject({
      state: 'completed',
      engine: 'pdf+ocr',
      pages: PAGES,
      pagesWithoutText: [],
    });
    expect(system.cloud.documentAi.callCount() - callsBefore).toBe(Math.ceil(PAGES / PAGES_A_CALL));
    const { markdown, index } = await open(conversionId);
    expect(index.pages.map(({ pageNumber, source }) => [pageNumber, source])).toEqual(
      numbersFrom(1, PAGES).map((page) => [page, 'ocr']),
    );
    expect([...wordsByPage(index)]).toEqual(WORDS.map((word, at) => [at + 1, [word]]));
    const places = WORDS.map((word) => markdown.indexOf(word));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('A photo of a page is read, and is a document of one page', async () => {
    const [image] = await drawn(['lantern']);
    if (!image) throw new Error('nothing was drawn');
    const { conversionId, state, result } = await convert({ fileName: 'photo.png', bytes: toPng(image) });
    expect({ state, ...result }).toMatchObject({ state: 'completed', engine: 'png+ocr', pages: 1 });
    const { markdown, index } = await open(conversionId);
    expect(index.pages).toMatchObject([{ pageNumber: 1, source: 'ocr' }]);
    expect(markdown.trim()).toBe('This page shows the lantern alone.');
  });

  test('When a part is refused for good the document is partial and names the pages of that part; the others keep their words', async () => {
    system.cloud.documentAi.faults.failNext(1, 'INVALID_ARGUMENT');
    const { conversionId, orgId, state, result } = await convert({ fileName: 'scan.pdf', bytes: scan });
    expect(state).toBe('partial');
    const lost = result?.pagesWithoutText ?? [];
    expect(SHARDS).toContainEqual(lost);
    const { index } = await open(conversionId);
    const kept = WORDS.map((word, at) => [at + 1, [word]] as const).filter(([page]) => !lost.includes(page));
    expect([...wordsByPage(index)]).toEqual(kept);
    expect(index.pages.filter(({ source }) => source === 'none').map(({ pageNumber }) => pageNumber)).toEqual(lost);
    const pages = `${lost[0]}–${lost.at(-1)}`;
    expect(index.messages).toContainEqual({
      level: 'error',
      code: 'OCR_FAILED',
      pageNumber: lost[0],
      text: expect.stringContaining(`pages ${pages}`),
    });
    const letters = await operator.db.collection('deadLetters').where('orgId', '==', orgId).get();
    expect(letters.docs.map((letter) => letter.get('queue'))).toEqual(['ocr-shard']);
  });
});
