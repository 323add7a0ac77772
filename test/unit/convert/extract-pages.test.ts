import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, jest, test } from '@jest/globals';
import { createConverter } from '../../../functions/src/convert/index.ts';
import type { ExtractedPages } from '../../../functions/src/convert/source-tree.ts';
import { createPdfRenderer } from '../../../scripts/local-cloud/document-ai/render-pdf.ts';
import { encryptedPdf, truncatedPdf } from '../../support/broken-files.ts';
import { jpegFile, pngFile, tiffFile } from '../../support/image-files.ts';
import { blankPage, renderPages, toImageOnlyPdf } from '../../support/image-only-pdf.ts';
import { makePdf, type PdfPage } from '../../support/make-pdf.ts';
import { openPdf, pdfBytes } from '../../support/pdfkit.ts';

const limits = { pdfBytes: 1e8, officeBytes: 1e6, textBytes: 1e6, otherBytes: 1e6, unpackedBytes: 1e6 };
const converter = createConverter({
  pdfiumWasm: readFileSync(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm')),
});

const extract = (bytes: Uint8Array, pageNumbers: readonly number[], fileName = 'a.pdf'): Promise<ExtractedPages> =>
  converter.extractPages({ bytes, fileName, pageNumbers }, limits);

const read = (bytes: Uint8Array) => converter.convert({ bytes, fileName: 'a.pdf' }, limits);

/** What each page says, read again from the bytes. */
const textsOf = async (bytes: Uint8Array): Promise<string[]> => {
  const { pages, blocks } = await read(bytes);
  return pages.map(({ pageNumber }) =>
    blocks
      .filter((block) => block.pageNumber === pageNumber)
      .map(({ text }) => text)
      .join(' '),
  );
};

const saying = (text: string): PdfPage => ({ texts: [{ text, x: 72, y: 100 }] });
const SIX = makePdf(['One.', 'Two.', 'Three.', 'Four.', 'Five.', 'Six.'].map(saying));

describe('Pages of a PDF', () => {
  test('They are a PDF of their own, in the order in which they were asked for', async () => {
    const { bytes, mediaType, pageSizes } = await extract(SIX, [5, 2, 3]);
    expect(await textsOf(bytes)).toEqual(['Five.', 'Two.', 'Three.']);
    expect(mediaType).toBe('application/pdf');
    expect(pageSizes).toEqual([1, 2, 3].map(() => ({ widthPt: 612, heightPt: 792 })));
  });

  test('They look the same, and are as large as they are shown: wide ones, and such as are stored on their side', async () => {
    const pages: PdfPage[] = [
      { ...saying('Wide.'), widthPt: 1000, heightPt: 300 },
      { ...saying('Turned.'), turned: true },
      { ...saying('A picture below.'), image: true },
    ];
    const source = makePdf(pages);
    const { bytes, pageSizes } = await extract(source, [3, 2, 1]);
    expect(pageSizes).toEqual([
      { widthPt: 612, heightPt: 792 },
      { widthPt: 792, heightPt: 612 },
      { widthPt: 1000, heightPt: 300 },
    ]);
    expect(await renderPages(bytes, 40)).toEqual((await renderPages(source, 40)).toReversed());
  });

  test('What pages inherit, and what they share, comes along, and what the others show does not', async () => {
    const noise = (seed: number): Uint8Array =>
      Uint8Array.from({ length: 30_000 }, (_, index) => ((index * 7919 + seed) * 2_654_435_761) >>> 24);
    const scan = toImageOnlyPdf(
      [1, 2, 3].map((seed) => ({ width: 150, height: 200, pixels: noise(seed) })),
      50,
    );
    const { bytes } = await extract(scan, [2]);
    expect(bytes.length).toBeLessThan(scan.length / 2);
    expect((await renderPages(bytes, 50))[0]).toEqual((await renderPages(scan, 50))[1]);

    const own = '/Resources << /Font << /FR 3 0 R /FB 4 0 R >> /XObject << /Im 5 0 R >> >>';
    const text = Buffer.from(SIX).toString('latin1');
    const inheriting = text
      .replaceAll(own, ' '.repeat(own.length))
      .replace('/Type /Pages /Kids', `${own} /Type /Pages /Kids`);
    const { bytes: inherited } = await extract(Buffer.from(inheriting, 'latin1'), [4]);
    expect(await textsOf(inherited)).toEqual(['Four.']);
  });

  test('A document that only its owner may change is read without a password', async () => {
    const info = { Title: 'T', Author: 'A', CreationDate: new Date(0), ModDate: new Date(0) };
    const document = openPdf({
      size: 'LETTER',
      margin: 72,
      autoFirstPage: true,
      compress: true,
      info,
      ownerPassword: 'o',
    });
    document.font('Helvetica').text('Protected.', 72, 72).addPage().text('Readable.', 72, 72);
    const { bytes } = await extract(await pdfBytes(document), [2]);
    expect(await textsOf(bytes)).toEqual(['Readable.']);
    expect(Buffer.from(bytes).includes('/Encrypt')).toBe(false);
  });

  test('An entry that is no page is an empty page, and those behind it keep their places', async () => {
    const broken = Buffer.from(Buffer.from(SIX).toString('latin1').replace('9 0 R', '5 0 R'), 'latin1');
    const { bytes, pageSizes } = await extract(broken, [1, 2, 3]);
    expect(await textsOf(bytes)).toEqual(['One.', '', 'Three.']);
    expect(pageSizes).toHaveLength(3);
  });

  test('The same pages are the same bytes, whenever they are taken', async () => {
    const now = jest.spyOn(Date, 'now').mockReturnValue(0);
    const first = await extract(SIX, [1, 6]);
    now.mockReturnValue(1_000_000_000);
    expect(Buffer.compare((await extract(SIX, [1, 6])).bytes, first.bytes)).toBe(0);
    now.mockRestore();
  });

  test('Forty pages of a scan are taken in shards, and no document is left open in between', async () => {
    const images = Array.from({ length: 40 }, () => blankPage(10));
    const scan = toImageOnlyPdf(images, 10);
    for (const [from, to] of [
      [1, 15],
      [16, 30],
      [31, 40],
    ] as const) {
      const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
      const { bytes, pageSizes } = await extract(scan, numbers);
      expect(pageSizes).toHaveLength(numbers.length);
      await createPdfRenderer().withPdf(bytes, async ({ pageCount }) => expect(pageCount).toBe(numbers.length));
    }
  });
});

describe('Pages of an image', () => {
  test.each([
    ['image/png', 'a.png', pngFile({ width: 2550, height: 3300, perMetre: 11_811 })],
    ['image/jpeg', 'a.jpg', jpegFile({})],
    ['image/tiff', 'a.tif', tiffFile([{ width: 1700, height: 2200 }])],
  ] as const)('A file of one page (%s) is given as it is, with its size', async (mediaType, fileName, bytes) => {
    const result = await extract(bytes, [1], fileName);
    expect(result).toEqual({ bytes, mediaType, pageSizes: [{ widthPt: 612, heightPt: 792 }] });
  });

  test('Some pages of a TIFF are a TIFF of these pages', async () => {
    const source = tiffFile([1, 2, 3, 4].map((page) => ({ width: page * 100, height: 200 })));
    // In the midst of a larger buffer, as bytes arrive from another process.
    const arrived = Buffer.concat([Buffer.alloc(5), source]).subarray(5);
    const { bytes, mediaType, pageSizes } = await extract(arrived, [4, 2], 'a.tif');
    expect(new Uint8Array(arrived)).toEqual(source);
    expect([mediaType, pageSizes.map(({ widthPt }) => widthPt)]).toEqual(['image/tiff', [144, 72]]);
    const again = await converter.convert({ bytes, fileName: 'a.tif' }, limits);
    expect(again.pages.map(({ widthPt }) => widthPt)).toEqual([144, 72]);
    expect((await extract(source, [1, 2, 3, 4], 'a.tif')).bytes).toEqual(source);
  });

  test('Of a photo that is turned to be shown no size is claimed', async () => {
    const photo = jpegFile({ exif: { dpi: 300, orientation: 6 } });
    expect((await extract(photo, [1], 'a.jpg')).pageSizes).toEqual([]);
  });
});

describe('What is refused', () => {
  test.each([
    ['a page that is not there', SIX, [7], 'it has no page 7'],
    ['page 0', SIX, [0], 'it has no page 0'],
    ['no page', SIX, [], 'no page of it was asked for'],
    ['a page twice', SIX, [2, 2], 'one of its pages was asked for twice'],
    ['a page that an image does not have', pngFile({}), [2], 'it has no page 2'],
  ] as const)('%s', async (_, bytes, pageNumbers, problem) => {
    await expect(extract(bytes, pageNumbers, 'nameless')).rejects.toMatchObject({
      reason: 'FILE_DAMAGED',
      details: { fileName: 'nameless', problem },
    });
  });

  test('A PDF that is cut short or protected, a format without pages, and a file over its limit', async () => {
    const [cut, locked] = [await truncatedPdf(), await encryptedPdf()];
    await expect(extract(cut.bytes, [1])).rejects.toMatchObject({ reason: 'FILE_DAMAGED' });
    await expect(extract(locked.bytes, [1])).rejects.toMatchObject({ reason: 'FILE_ENCRYPTED' });
    await expect(extract(Buffer.from('words'), [1], 'a.txt')).rejects.toMatchObject({ reason: 'FORMAT_UNSUPPORTED' });
    const request = { bytes: SIX, fileName: 'a.pdf', pageNumbers: [1] };
    const small = { ...limits, pdfBytes: 10 };
    await expect(converter.extractPages(request, small)).rejects.toMatchObject({ reason: 'FILE_TOO_LARGE' });
    expect(await textsOf((await extract(SIX, [1])).bytes)).toEqual(['One.']);
  });
});
