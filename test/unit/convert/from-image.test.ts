import { describe, expect, test } from '@jest/globals';
import { DocumentSchema } from '../../../functions/src/contracts/document.ts';
import type { OcrPage } from '../../../functions/src/contracts/ocr.ts';
import { createConverter } from '../../../functions/src/convert/index.ts';
import { jpegFile, pngFile, tiffFile } from '../../support/image-files.ts';
import { blankPage, toPng, toTiff } from '../../support/image-only-pdf.ts';
import { ocrPage, ocrParagraph } from '../../support/ocr-pages.ts';

const limits = { pdfBytes: 1, officeBytes: 1, textBytes: 1, otherBytes: 1e6, unpackedBytes: 1 };
const convert = (bytes: Uint8Array, fileName: string, ocrPages?: readonly OcrPage[]) =>
  createConverter({ pdfiumWasm: new Uint8Array() }).convert(
    { bytes, fileName, ...(ocrPages ? { ocrPages } : {}) },
    limits,
  );

const LETTER = { widthPt: 612, heightPt: 792 };

describe('A picture alone', () => {
  test.each([
    ['a.png', 'image/png', toPng(blankPage(20))],
    ['a.jpg', 'image/jpeg', jpegFile({})],
    ['a.tif', 'image/tiff', toTiff([blankPage(20)])],
    ['a.tiff', 'image/tiff', tiffFile([{ width: 1700, height: 2200 }])],
  ] as const)('%s (%s) is a valid document of one page that waits for OCR', async (fileName, mediaType, bytes) => {
    const document = await convert(bytes, fileName);
    expect(DocumentSchema.parse(document)).toEqual(document);
    expect(document).toMatchObject({ mediaType, pageBasis: 'pdf', markdown: '', blocks: [], pagesNeedingOcr: [1] });
    expect(document.pages).toEqual([expect.objectContaining({ pageNumber: 1, source: 'none' })]);
    expect(document.messages.map(({ code, pageNumber }) => `${code} ${pageNumber}`)).toEqual(['PAGE_NEEDS_OCR 1']);
  });

  test('A TIFF has as many pages as it has directories, each of its own size', async () => {
    const { pages, pagesNeedingOcr } = await convert(
      tiffFile([
        { width: 2550, height: 3300, dpi: 300 },
        { width: 1654, height: 2339 },
        { width: 3300, height: 2550, dpi: 300, orientation: 6 },
      ]),
      'a.tif',
    );
    expect(pagesNeedingOcr).toEqual([1, 2, 3]);
    expect(pages.map(({ widthPt, heightPt }) => ({ widthPt, heightPt }))).toEqual([
      LETTER,
      { widthPt: 595.44, heightPt: 842.04 },
      LETTER,
    ]);
  });

  test.each([
    ['200 dpi where nothing is stated', pngFile({}), 'a.png'],
    ['a PNG that states pixels for a metre', pngFile({ width: 2550, height: 3300, perMetre: 11_811 }), 'a.png'],
    ['a JPEG with a JFIF header', jpegFile({ width: 2550, height: 3300, dpi: 300 }), 'a.jpg'],
    ['a photo with EXIF', jpegFile({ width: 2550, height: 3300, exif: { dpi: 300, orientation: 1 } }), 'a.jpg'],
    ['a photo that is turned', jpegFile({ width: 2200, height: 1700, exif: { dpi: 200, orientation: 8 } }), 'a.jpg'],
    ['the 72 dpi of EXIF for unknown', jpegFile({ exif: { dpi: 72, orientation: 1 } }), 'a.jpg'],
  ] as const)('The size of the page: %s', async (_, bytes, fileName) => {
    expect((await convert(bytes, fileName)).pages[0]).toMatchObject(LETTER);
  });
});

describe('A picture that was recognised', () => {
  const TEXT = 'Tenders are due on March 17 at noon.';

  test('Its words are the document, the same each time', async () => {
    const ocrPages = [ocrPage(1, [ocrParagraph(100, [TEXT])])];
    const document = await convert(pngFile({}), 'a.png', ocrPages);
    expect(document).toMatchObject({ markdown: `${TEXT}\n`, pagesNeedingOcr: [], language: 'en' });
    expect(document.messages.map(({ code }) => code)).toEqual(['TEXT_RECOGNISED']);
    expect(document.blocks[0]).toMatchObject({ pageNumber: 1, bbox: { x: 72 } });
    expect(document.pages).toEqual([{ pageNumber: 1, ...LETTER, source: 'ocr' }]);
    expect(await convert(pngFile({}), 'a.png', ocrPages)).toEqual(document);
  });

  test('Pages of a TIFF that were not recognised still wait; others that it does not have are not taken', async () => {
    const tiff = tiffFile([1, 2, 3].map(() => ({ width: 1700, height: 2200 })));
    const document = await convert(
      tiff,
      'a.tif',
      [3, 7, 1].map((page) => ocrPage(page, [ocrParagraph(100, [`${page}. ${TEXT}`])])),
    );
    expect(document.pages.map(({ source }) => source)).toEqual(['ocr', 'none', 'ocr']);
    expect(document.pagesNeedingOcr).toEqual([2]);
    expect(document.blocks.map(({ pageNumber }) => pageNumber)).toEqual([1, 3]);
    expect(document.messages).toMatchObject([
      { code: 'TEXT_RECOGNISED', text: expect.stringContaining('Pages 1, 3 were') },
      { code: 'PAGE_NEEDS_OCR', pageNumber: 2 },
    ]);
  });

  test('A blank one says that it has no text', async () => {
    const { messages } = await convert(pngFile({}), 'a.png', [ocrPage(1, [])]);
    expect(messages.map(({ code }) => code)).toEqual(['PAGE_BLANK', 'NO_TEXT']);
  });
});

describe('A damaged picture', () => {
  const looping = tiffFile([{ width: 10, height: 10 }]);
  looping.set([0, 0, 0, 8], 8 + 2 + 5 * 12);
  const noPages = Uint8Array.of(0x4d, 0x4d, 0, 42, 0, 0, 0, 0);
  const changed = (bytes: Uint8Array, at: number, to: number): Uint8Array => bytes.slice().fill(to, at, at + 1);
  const png = pngFile({});
  const jpeg = jpegFile({ dpi: 300, exif: { dpi: 300, orientation: 1 } });
  const tiff = tiffFile([{ width: 10, height: 10, dpi: 300 }]);

  test.each([
    ['a PNG without width', pngFile({ width: 0 }), 'a.png', 'its header states no size'],
    ['a PNG of the signature only', png.subarray(0, 8), 'a.png', 'its end is missing'],
    ['a PNG that does not begin with its header', changed(png, 12, 0x4a), 'a.png', 'its header states no size'],
    ['a PNG without its end', png.subarray(0, -12), 'a.png', 'its end is missing'],
    ['a JPEG without height', jpegFile({ height: 0 }), 'a.jpg', 'its header states no size'],
    ['a JPEG cut within its header', jpeg.subarray(0, 30), 'a.jpg', 'its header is cut short'],
    ['a JPEG with another segment than it says', changed(jpeg, 5, 9), 'a.jpg', 'its header cannot be read'],
    ['a JPEG without its end', jpeg.subarray(0, -2), 'a.jpg', 'its end is missing'],
    ['a TIFF without width', tiffFile([{ width: 0, height: 5 }]), 'a.tif', 'its header states no size'],
    ['a TIFF cut within a directory', tiff.subarray(0, 40), 'a.tif', 'its header is cut short'],
    ['a TIFF cut within its picture', tiff.subarray(0, -1), 'a.tif', 'its end is missing'],
    ['a TIFF whose pages never end', looping, 'a.tif', 'its list of pages has no end'],
    ['a TIFF without pages', noPages, 'a.tif', 'it holds no pages'],
  ] as const)('%s is refused', async (_, bytes, fileName, problem) => {
    await expect(convert(bytes, fileName)).rejects.toMatchObject({
      reason: 'FILE_DAMAGED',
      details: { fileName, problem },
    });
  });

  test('Whatever is cut off or changed, the file is read or refused, and nothing else happens', async () => {
    for (const [whole, fileName] of [
      [png, 'a.png'],
      [jpeg, 'a.jpg'],
      [tiff, 'a.tif'],
    ] as const)
      for (let at = 8; at < whole.length; at++)
        for (const bytes of [whole.subarray(0, at), whole.slice().fill(0xff, at, at + 2)]) {
          const outcome = await convert(bytes, fileName).then(
            ({ pages }) => pages.length,
            ({ reason }: { reason: string }) => reason,
          );
          expect([1, 'FILE_DAMAGED']).toContain(outcome);
        }
  });
});
