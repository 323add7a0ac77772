import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import type { Document } from '../../../../functions/src/contracts/document.ts';
import { DocumentSchema } from '../../../../functions/src/contracts/document.ts';
import type { OcrPage } from '../../../../functions/src/contracts/ocr.ts';
import { createConverter } from '../../../../functions/src/convert/index.ts';
import { makePdf, type PdfPage, textLines } from '../../../support/make-pdf.ts';
import { ocrPage, ocrParagraph } from '../../../support/ocr-pages.ts';

const limits = { pdfBytes: 1e8, officeBytes: 1, textBytes: 1, otherBytes: 1, unpackedBytes: 1 };
const converter = createConverter({
  pdfiumWasm: readFileSync(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm')),
});

const convert = (pages: readonly PdfPage[], ocrPages?: readonly OcrPage[]): Promise<Document> =>
  converter.convert({ bytes: makePdf(pages), fileName: 'scan.pdf', ...(ocrPages ? { ocrPages } : {}) }, limits);

const SCAN: PdfPage = { image: true };

const PROSE = [
  'The supplier keeps the lighthouse lamps in working order throughout the year and',
  'reports every outage to the harbour office within two hours of noticing it, by',
  'telephone first and then in writing.',
];
/** About the lighthouse, and different on each page. */
const proseOf = (page: number): string[] => [
  `On sheet ${page} it is said that the keeper trims the wick of each lamp at dawn; that`,
  ...PROSE,
];
const written = (page: number): PdfPage => ({ texts: textLines(proseOf(page), 72, 200) });
const recognised = (page: number): OcrPage => ocrPage(page, [ocrParagraph(200, proseOf(page))]);

const placesOf = ({ blocks }: Document): string[] =>
  blocks.filter(({ text }) => text !== '').map(({ pageNumber, text }) => `${pageNumber} ${text.slice(0, 10)}`);

const recognisedNote = (pages: string) => ({
  level: 'info',
  code: 'TEXT_RECOGNISED',
  text: `${pages} read by text recognition. Compare what matters with the original.`,
});

/** Beside the note that pages were recognised. */
const messagesOf = ({ messages }: Document): string[] =>
  messages.flatMap(({ code, pageNumber }) => (code === 'TEXT_RECOGNISED' ? [] : `${code} ${pageNumber}`));

describe('A document of which some pages are scans', () => {
  test('Recognised pages stand between the pages with text, in page order, and say where they come from', async () => {
    const document = await convert([written(1), SCAN, written(3), SCAN], [recognised(4), recognised(2)]);
    expect(placesOf(document)).toEqual(['1 On sheet 1', '2 On sheet 2', '3 On sheet 3', '4 On sheet 4']);
    expect(document.pages.map(({ source }) => source)).toEqual(['text', 'ocr', 'text', 'ocr']);
    expect(document.pagesNeedingOcr).toEqual([]);
    expect(document.messages).toEqual([recognisedNote('Pages 2, 4 were')]);
    expect(document.quality.pagesWithText).toBe(4);
    expect(document.blocks[1]?.bbox).toMatchObject({ x: 72 });
    expect(document.blocks[1]?.bbox?.y).toBeCloseTo(200, -1);
  });

  test('One message names the recognised pages, and there is none where all pages have text', async () => {
    const told = async (pages: PdfPage[], ocr: number[]) => (await convert(pages, ocr.map(recognised))).messages;
    expect(await told([written(1), SCAN], [2])).toEqual([recognisedNote('Page 2 was')]);
    expect(await told([SCAN, SCAN, SCAN, written(4), SCAN], [5, 2, 1, 3])).toEqual([
      recognisedNote('Pages 1–3, 5 were'),
    ]);
    expect(await told([written(1), written(2)], [2])).toEqual([]);
  });

  test('Pages with text are read as if the others were not recognised', async () => {
    const pages = [written(1), SCAN, written(3)];
    const [without, withOcr] = [await convert(pages), await convert(pages, [recognised(2)])];
    const ofPage = ({ blocks }: Document, page: number) =>
      blocks.filter(({ pageNumber }) => pageNumber === page).map(({ kind, text, bbox }) => ({ kind, text, bbox }));
    expect(ofPage(withOcr, 1)).toEqual(ofPage(without, 1));
    expect(ofPage(withOcr, 3)).toEqual(ofPage(without, 3));
  });

  test('Pages that were not recognised stay on the list, with their message', async () => {
    const document = await convert([SCAN, SCAN, written(3), SCAN], [recognised(2)]);
    expect(document.pagesNeedingOcr).toEqual([1, 4]);
    expect(messagesOf(document)).toEqual(['PAGE_NEEDS_OCR 1', 'PAGE_NEEDS_OCR 4']);
    expect(document.pages.map(({ source }) => source)).toEqual(['none', 'ocr', 'text', 'none']);
  });

  test('What was recognised on a page that has text of its own, or is not there, is not taken', async () => {
    const pages = [written(1), SCAN];
    const foreign = ocrPage(1, [ocrParagraph(200, ['Nobody wrote this sentence on the first page.'])]);
    const document = await convert(pages, [foreign, recognised(2), recognised(9)]);
    expect(document).toEqual(await convert(pages, [recognised(2)]));
    expect(document.markdown).not.toContain('Nobody');
  });

  test('A page that is blank and one that is hard to read are named', async () => {
    const unsure = ocrPage(3, [ocrParagraph(200, proseOf(3), { confidence: 0.3 })]);
    const document = await convert([written(1), SCAN, SCAN], [ocrPage(2, []), unsure]);
    expect(messagesOf(document)).toEqual(['PAGE_BLANK 2', 'OCR_LOW_CONFIDENCE 3']);
    expect(document.pages.map(({ source }) => source)).toEqual(['text', 'none', 'ocr']);
    expect(document.pagesNeedingOcr).toEqual([]);
  });

  test('A sentence that goes on from a written page to a scanned one is one paragraph', async () => {
    const document = await convert(
      [{ texts: textLines(PROSE.slice(0, 2), 72, 680) }, SCAN],
      [ocrPage(2, [ocrParagraph(80, PROSE.slice(2))])],
    );
    expect(document.markdown).toBe(`${PROSE.join(' ')}\n`);
    expect(document.blocks[0]?.pageBreaks).toEqual([
      { charStart: PROSE.slice(0, 2).join(' ').length + 1, pageNumber: 2 },
    ]);
  });

  test('A table that was recognised is placed on its page, and no page loses its text to it', async () => {
    const cell = (text: string) => ({ text, rowSpan: 1, columnSpan: 1 });
    const table = {
      bbox: { x: 72, y: 300, width: 300, height: 40 },
      rows: [
        { isHeader: true, cells: [cell('Lamp'), cell('Price')] },
        { isHeader: false, cells: [cell('Brass'), cell('$40')] },
      ],
    };
    const document = await convert([written(1), SCAN, written(3)], [ocrPage(2, [], [table])]);
    expect(placesOf(document)).toEqual(['1 On sheet 1', '2 Lamp', '2 Price', '2 Brass', '2 $40', '3 On sheet 3']);
  });
});

describe('Fonts beside each other', () => {
  test.each([6.2, 7, 9, 12])(
    'Body text with capitals of %p pt is body text, and its titles are of the level of the written ones',
    async (height) => {
      const title = (text: string, page: number): PdfPage => ({
        texts: [{ text, x: 72, y: 120, size: 16, bold: true }, ...(written(page).texts ?? [])],
      });
      const scanned = ocrPage(2, [
        ocrParagraph(110, ['Care of Lamps'], { height: (height * 16) / 11 }),
        ocrParagraph(200, ['A short remark of its own.'], { height }),
        ocrParagraph(240, proseOf(2), { height }),
      ]);
      const { blocks } = await convert([title('Lamps', 1), SCAN, title('Wicks', 3)], [scanned]);
      const headings = blocks.filter(({ kind }) => kind === 'heading');
      expect(headings.map(({ text, depth }) => `${depth} ${text}`)).toEqual(['1 Lamps', '1 Care of Lamps', '1 Wicks']);
    },
  );
});

describe('A scan with a head that was stamped on it as text', () => {
  const stamped = (page: number): PdfPage => ({
    image: true,
    texts: [{ text: `RFP 26-17 Page ${page} of 4`, x: 72, y: 770 }],
  });
  const pages = [1, 2, 3, 4].map(stamped);
  const withFoot = (page: number): OcrPage =>
    ocrPage(page, [ocrParagraph(200, proseOf(page)), ocrParagraph(763, [`RFP 26-17 Page ${page} of 4`])]);

  test('It is read whole, and the foot comes once', async () => {
    expect((await convert(pages)).pagesNeedingOcr).toEqual([1, 2, 3, 4]);
    const document = await convert(pages, [1, 2, 3, 4].map(withFoot));
    expect(document.pagesNeedingOcr).toEqual([]);
    const feet = document.blocks.filter(({ kind }) => kind === 'header_footer');
    expect(feet.map(({ text }) => text)).toEqual([1, 2, 3, 4].map((page) => `RFP 26-17 Page ${page} of 4`));
    expect(document.markdown).not.toContain('26-17');
  });

  test('Where nothing was recognised the foot is still there, and the page no longer waits', async () => {
    const document = await convert(pages, [ocrPage(1, []), ...[2, 3, 4].map(withFoot)]);
    expect(document.blocks.filter(({ kind }) => kind === 'header_footer')).toHaveLength(4);
    expect(document.pagesNeedingOcr).toEqual([]);
    expect(document.pages[0]?.source).toBe('text');
  });
});

test('A scan of forty pages becomes one valid document in order, the same each time', async () => {
  const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
  const pages = numbers.map(() => SCAN);
  const document = await convert(pages, numbers.toReversed().map(recognised));
  expect(DocumentSchema.parse(document)).toEqual(document);
  expect(document.blocks.map(({ pageNumber }) => pageNumber)).toEqual(numbers);
  expect(
    document.blocks.every(({ text, bbox }, index) => text.includes(`sheet ${index + 1} `) && bbox !== undefined),
  ).toBe(true);
  expect(document.language).toBe('en');
  expect(document.messages).toEqual([recognisedNote('Pages 1–40 were')]);
  expect(await convert(pages, numbers.map(recognised))).toEqual(document);
});

test('A scan on which nothing at all was recognised says that it has no text', async () => {
  const document = await convert([SCAN], [ocrPage(1, [])]);
  expect(messagesOf(document)).toEqual(['PAGE_BLANK 1', 'NO_TEXT undefined']);
});

describe('A scan with a few words of text on it', () => {
  const bates: PdfPage = { image: true, texts: [{ text: 'HARBOUR 000417', x: 480, y: 400 }] };

  test('needs recognition, and its words stay until then', async () => {
    const document = await convert([written(1), bates, written(3)]);
    expect(document.pagesNeedingOcr).toEqual([2]);
    expect(messagesOf(document)).toEqual(['PAGE_NEEDS_OCR 2']);
    expect(document.markdown).toContain('HARBOUR 000417');
  });

  test('is read whole once it is recognised', async () => {
    const document = await convert([written(1), bates, written(3)], [recognised(2)]);
    expect(document.pagesNeedingOcr).toEqual([]);
    expect(document.pages.map(({ source }) => source)).toEqual(['text', 'ocr', 'text']);
    expect(document.markdown).not.toContain('HARBOUR');
  });

  test('does not need it when a whole page of text stands on its picture', async () => {
    const onPicture: PdfPage = { image: true, texts: textLines(proseOf(2), 72, 200) };
    expect((await convert([written(1), onPicture, written(3)])).pagesNeedingOcr).toEqual([]);
  });
});

describe('A page whose text layer has other letters than it shows', () => {
  const shifted = (text: string): string =>
    text.replace(/[a-z]/g, (letter) => String.fromCharCode(97 + ((letter.charCodeAt(0) - 94) % 26)));
  const garbled: PdfPage = { texts: textLines(proseOf(2).map(shifted), 72, 200) };

  test('needs recognition and says so; until then its text stays as it is', async () => {
    const document = await convert([written(1), garbled, written(3)]);
    expect(document.pagesNeedingOcr).toEqual([2]);
    expect(messagesOf(document)).toEqual(['TEXT_LAYER_UNTRUSTED 2']);
    expect(document.markdown).toContain(shifted('telephone first'));
    expect(document.quality.fallbacks).toEqual([{ code: 'TEXT_LAYER_UNTRUSTED', pages: [2] }]);
  });

  test('is replaced by what was recognised', async () => {
    const document = await convert([written(1), garbled, written(3)], [recognised(2)]);
    expect(document.pagesNeedingOcr).toEqual([]);
    expect(document.messages).toEqual([recognisedNote('Page 2 was')]);
    expect(document.markdown).not.toContain(shifted('telephone first'));
    expect(placesOf(document)).toEqual(['1 On sheet 1', '2 On sheet 2', '3 On sheet 3']);
  });

  test('keeps its text and the warning when nothing was recognised on it', async () => {
    const document = await convert([written(1), garbled, written(3)], [ocrPage(2, [])]);
    expect(document.pagesNeedingOcr).toEqual([]);
    expect(messagesOf(document)).toEqual(['TEXT_LAYER_UNTRUSTED 2']);
    expect(document.markdown).toContain(shifted('telephone first'));
  });
});
