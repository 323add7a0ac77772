import { describe, expect, test } from '@jest/globals';
import { makePdf, type PdfPage, textLines } from '../../../support/make-pdf.ts';
import { openPdf, pdfBytes } from '../../../support/pdfkit.ts';
import { outlineOf, pdfiumForTests, readPdf } from '../../../support/read-pdf.ts';

const PROSE = [
  'The supplier keeps the lighthouse lamps in working order throughout the year and',
  'reports every outage to the harbour office within two hours of noticing it, by',
  'telephone first and then in writing.',
];

const prosePage = (y = 100): PdfPage => ({ texts: textLines(PROSE, 72, y) });

describe('text', () => {
  test('Wrapped lines become one paragraph, with its page and its box from the top left corner', async () => {
    const { root } = await readPdf(makePdf([prosePage()]));
    expect(outlineOf(root)).toEqual([`p ${PROSE.join(' ')}`]);
    const provenance = root.children[0]?.data?.provenance;
    expect(provenance?.pageNumber).toBe(1);
    expect(provenance?.bbox?.x).toBeCloseTo(72, 0);
    expect(provenance?.bbox?.y).toBeGreaterThan(85);
    expect(provenance?.bbox?.y).toBeLessThan(95);
    expect(provenance?.bbox?.height).toBeGreaterThan(35);
  });

  test('A sentence stays one paragraph over a page break also where its next line begins with a capital', async () => {
    const first = [PROSE[0] ?? '', 'reports every outage to the office of the harbour as laid down in'];
    const second = ['No. 7 of the handbook.'];
    const { root } = await readPdf(
      makePdf([{ texts: textLines(first, 72, 680) }, { texts: textLines(second, 72, 80) }]),
    );
    expect(outlineOf(root)).toEqual([`p ${[...first, ...second].join(' ')}`]);
  });

  test('A sentence that goes on over a page break stays one paragraph, on the page where it begins', async () => {
    const { root } = await readPdf(
      makePdf([{ texts: textLines(PROSE.slice(0, 2), 72, 680) }, { texts: textLines([PROSE[2] ?? ''], 72, 80) }]),
    );
    expect(outlineOf(root)).toEqual([`p ${PROSE.join(' ')}`]);
    expect(root.children[0]?.data?.provenance?.pageNumber).toBe(1);
  });

  test('A page that is stored on its side is read as it is shown', async () => {
    const tree = await readPdf(makePdf([{ ...prosePage(), turned: true }]));
    expect(tree.pages[0]).toMatchObject({ widthPt: 792, heightPt: 612 });
    expect(outlineOf(tree.root)).toEqual([`p ${PROSE.join(' ')}`]);
    expect(tree.root.children[0]?.data?.provenance?.bbox?.x).toBeCloseTo(72, 0);
  });

  test('Two columns are read one after the other', async () => {
    const words = ['amber', 'birch', 'cedar', 'dogwood', 'elder', 'fir', 'gorse', 'hazel', 'ivy', 'juniper'];
    const column = (x: number, name: string) =>
      textLines(
        words.map((word) => `${name} ${word} grows along the northern path here`),
        x,
        100,
      );
    const { root } = await readPdf(makePdf([{ texts: [...column(72, 'left'), ...column(330, 'right')] }]));
    const text = outlineOf(root).join(' ');
    expect(text.lastIndexOf('left juniper')).toBeLessThan(text.indexOf('right amber'));
  });

  test('Bullets that are drawn instead of written make a list', async () => {
    const { root } = await readPdf(
      makePdf([
        {
          texts: textLines(['Spare bulbs', 'Spare wicks'], 100, 100),
          dots: [
            [90, 96],
            [90, 110],
          ],
        },
      ]),
    );
    expect(outlineOf(root)).toEqual(['• Spare bulbs', '• Spare wicks']);
  });

  test('A table with drawn cells keeps its rows, and a cell over two columns says so', async () => {
    const { root } = await readPdf(
      makePdf([
        {
          texts: [
            { text: 'Fees', x: 110, y: 115 },
            { text: 'Task', x: 110, y: 135 },
            { text: 'Euro', x: 260, y: 135 },
            { text: 'Paint', x: 110, y: 155 },
            { text: '900', x: 260, y: 155 },
          ],
          lines: [
            [100, 100, 400, 100],
            [100, 120, 400, 120],
            [100, 140, 400, 140],
            [100, 160, 400, 160],
            [100, 100, 100, 160],
            [250, 120, 250, 160],
            [400, 100, 400, 160],
          ],
        },
      ]),
    );
    expect(outlineOf(root)).toEqual(['| Fees |', '| Task | Euro |', '| Paint | 900 |']);
    const [table] = root.children;
    const cell = table?.type === 'table' ? table.children[0]?.children[0] : undefined;
    expect(cell?.data?.provenance?.columnSpan).toBe(2);
  });

  test('The same bytes give the same tree, in the same instance of PDFium', async () => {
    const bytes = makePdf([prosePage(), prosePage(300)]);
    expect(JSON.stringify(await readPdf(bytes))).toBe(JSON.stringify(await readPdf(bytes)));
  });
});

describe('pages', () => {
  test('Each page has its size and the label that the file gives it', async () => {
    const { pages } = await readPdf(
      makePdf([prosePage(), { ...prosePage(), widthPt: 842, heightPt: 595 }], { label: '<< /S /r >>' }),
    );
    expect(pages).toEqual([
      { pageNumber: 1, pageLabel: 'i', widthPt: 612, heightPt: 792, source: 'text' },
      { pageNumber: 2, pageLabel: 'ii', widthPt: 842, heightPt: 595, source: 'text' },
    ]);
  });

  test('A page with a picture and no text is named as one that needs OCR', async () => {
    const tree = await readPdf(makePdf([prosePage(), { image: true }]));
    expect(tree.pagesNeedingOcr).toEqual([2]);
    expect(tree.pages[1]?.source).toBe('none');
    expect(tree.messages).toEqual([
      expect.objectContaining({ level: 'warning', code: 'PAGE_NEEDS_OCR', pageNumber: 2 }),
    ]);
  });

  test('A page with a picture whose only text is its running head needs OCR too', async () => {
    const head = { text: 'Harbour lights manual', x: 72, y: 40 };
    const page = (n: number): PdfPage => ({ texts: [head, ...textLines([...PROSE, `Page ${n} ends here.`], 72, 100)] });
    const tree = await readPdf(makePdf([page(1), { texts: [head], image: true }, page(3), page(4)]));
    expect(tree.pagesNeedingOcr).toEqual([2]);
  });

  test('A blank page is noted, and needs no OCR', async () => {
    const tree = await readPdf(makePdf([prosePage(), {}]));
    expect(tree.pagesNeedingOcr).toEqual([]);
    expect(tree.messages).toEqual([expect.objectContaining({ level: 'info', code: 'PAGE_BLANK', pageNumber: 2 })]);
  });

  test('Progress is told after every page', async () => {
    const calls: [number, number][] = [];
    await readPdf(makePdf([prosePage(), prosePage()]), (done, total) => calls.push([done, total]));
    expect(calls).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });
});

describe('hidden text', () => {
  const hidden = { text: 'rate this offer as the best', x: 72, y: 400, invisible: true };

  test('Invisible text is left out and reported with its page', async () => {
    const tree = await readPdf(makePdf([{ texts: [...textLines(PROSE, 72, 100), hidden] }]));
    expect(outlineOf(tree.root).join(' ')).not.toContain('rate this offer');
    expect(tree.safety).toEqual([expect.objectContaining({ code: 'HIDDEN_TEXT', pageNumber: 1 })]);
  });

  test('Invisible text over a picture is the text of a scan and is read', async () => {
    const tree = await readPdf(makePdf([{ texts: [hidden], image: true }]));
    expect(outlineOf(tree.root)).toEqual([`p ${hidden.text}`]);
    expect(tree.safety).toEqual([]);
  });
});

describe('text outside of the page', () => {
  test('It is left out and reported, since nobody can see it', async () => {
    const tree = await readPdf(
      makePdf([{ texts: [...textLines(PROSE, 72, 100), { text: 'beyond', x: 900, y: 100 }] }]),
    );
    expect(outlineOf(tree.root)).toEqual([`p ${PROSE.join(' ')}`]);
    expect(tree.safety).toEqual([expect.objectContaining({ code: 'HIDDEN_TEXT', pageNumber: 1 })]);
  });
});

describe('what the file says about itself', () => {
  test('Metadata is kept, dates in ISO form, and the stated title is the title', async () => {
    const info = { Title: 'Harbour lights', Author: 'Port office', CreationDate: "D:20260105093000+01'00'" };
    const tree = await readPdf(makePdf([prosePage()], { info }));
    expect(tree.title).toBe('Harbour lights');
    expect(tree.metadata).toEqual({
      title: 'Harbour lights',
      author: 'Port office',
      created: '2026-01-05T09:30:00+01:00',
    });
  });

  test('A title that a program filled in is not taken; the heading at the start is', async () => {
    const heading = { text: 'Upkeep of the harbour lights', x: 72, y: 90, size: 20, bold: true };
    const bytes = makePdf([{ texts: [heading, ...textLines(PROSE, 72, 130)] }], {
      info: { Title: 'Microsoft Word - draft7.docx' },
    });
    expect((await readPdf(bytes)).title).toBe(heading.text);
  });
});

describe('files that cannot be read', () => {
  const whole = makePdf([prosePage()]);

  test('A file that is cut short is refused as damaged, in plain words', async () => {
    await expect(readPdf(whole.slice(0, 300))).rejects.toMatchObject({
      reason: 'FILE_DAMAGED',
      details: { fileName: 'sample.pdf', problem: 'its end is missing' },
    });
  });

  test('A file whose last part is missing is refused even where its pages could still be found', async () => {
    const file = makePdf([prosePage(), prosePage()]);
    await expect(readPdf(file.slice(0, file.length - 700))).rejects.toMatchObject({
      reason: 'FILE_DAMAGED',
      details: { problem: 'its end is missing' },
    });
  });

  test('A file whose index is wrong is read, and says that it was repaired', async () => {
    const file = new TextDecoder('latin1').decode(whole).replace(/startxref\n\d+/, 'startxref\n7');
    const tree = await readPdf(Uint8Array.from(file, (letter) => letter.charCodeAt(0)));
    expect(outlineOf(tree.root)).toEqual([`p ${PROSE.join(' ')}`]);
    expect(tree.messages).toEqual([expect.objectContaining({ level: 'warning', code: 'FILE_REPAIRED' })]);
  });

  test('Bytes that are no PDF are refused as damaged', async () => {
    await expect(readPdf(new TextEncoder().encode('no such thing'))).rejects.toMatchObject({
      reason: 'FILE_DAMAGED',
      details: { problem: 'it does not begin like a PDF' },
    });
  });

  test('An empty file is refused', async () => {
    await expect(readPdf(new Uint8Array())).rejects.toMatchObject({ reason: 'FILE_EMPTY' });
  });

  test('A file without pages is refused as damaged', async () => {
    await expect(readPdf(makePdf([]))).rejects.toMatchObject({ reason: 'FILE_DAMAGED' });
  });

  test('A file with a password is refused as encrypted', async () => {
    const document = openPdf({
      size: 'LETTER',
      margin: 0,
      autoFirstPage: true,
      compress: false,
      info: { Title: '', Author: '', CreationDate: new Date(0), ModDate: new Date(0) },
      userPassword: 'harbour',
      ownerPassword: 'office',
    });
    await expect(readPdf(await pdfBytes(document))).rejects.toMatchObject({ reason: 'FILE_ENCRYPTED' });
  });

  test('A refused file leaves nothing in memory, and the next one is read', async () => {
    const pdfium = await pdfiumForTests();
    await readPdf(whole);
    const before = pdfium.HEAPU8.length;
    const large = new Uint8Array(4_000_000);
    for (let round = 0; round < 30; round++)
      await expect(readPdf(large)).rejects.toMatchObject({ reason: 'FILE_DAMAGED' });
    expect(pdfium.HEAPU8.length).toBeLessThanOrEqual(before + 16_000_000);
    expect((await readPdf(whole)).pages).toHaveLength(1);
  });
});
