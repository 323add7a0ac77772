import { describe, expect, test } from '@jest/globals';
import { fromDocumentAi } from '../../../functions/src/convert/from-document-ai.ts';
import { ocrPage as page, ocrParagraph as paragraph } from '../../support/ocr-pages.ts';
import { outlineOf } from '../../support/read-pdf.ts';

/** A line as wide as the column. */
const PROSE = [
  'The Contractor shall inspect every lamp of the district once in each quarter, and replace what is',
  'broken within two working days; the COR may extend that time in writing where parts have to be',
  'ordered.',
];

describe('Text', () => {
  test('Wrapped lines are one paragraph, with the page and place that they come from', () => {
    const tree = fromDocumentAi([page(3, [paragraph(100, PROSE)])]);
    expect(outlineOf(tree.root)).toEqual([`p ${PROSE.join(' ')}`]);
    const [node] = tree.root.children;
    expect(node?.data?.provenance?.pageNumber).toBe(3);
    expect(node?.data?.provenance?.bbox?.x).toBe(72);
    expect(node?.data?.provenance?.bbox?.y).toBeCloseTo(100, -0.5);
  });

  test('A sentence that goes on overleaf is one paragraph, kept on the page where it begins', () => {
    const tree = fromDocumentAi([
      page(2, [paragraph(72, [PROSE[2] ?? '']), paragraph(200, ['The next paragraph has a page of its own.'])]),
      page(1, [paragraph(600, PROSE.slice(0, 2))]),
    ]);
    expect(outlineOf(tree.root)[0]).toBe(`p ${PROSE.join(' ')}`);
    expect(tree.root.children.map(({ data }) => data?.provenance?.pageNumber)).toEqual([1, 2]);
    expect(tree.pages.map(({ pageNumber }) => pageNumber)).toEqual([1, 2]);
  });

  test('What is larger is a heading, and so is a line alone that can be nothing else', () => {
    const tree = fromDocumentAi([
      page(1, [
        paragraph(72, ['Lamp Maintenance'], { height: 14 }),
        paragraph(120, PROSE),
        paragraph(190, ['C.3 Inspection of Lamps']),
        paragraph(214, PROSE),
      ]),
    ]);
    const prose = `p ${PROSE.join(' ')}`;
    expect(outlineOf(tree.root)).toEqual(['h1 Lamp Maintenance', prose, 'h2 C.3 Inspection of Lamps', prose]);
    expect(tree.title).toBe('Lamp Maintenance');
    expect(tree.root.children[2]?.data?.provenance?.numbering).toBe('C.3');
  });

  test('Marks make list items, also a bullet that was read as a full stop and a letter torn from its bracket', () => {
    const tree = fromDocumentAi([
      page(1, [
        paragraph(100, ['The Contractor shall:']),
        paragraph(118, ['(a) sweep the yard;'], { x: 90 }),
        paragraph(136, ['( b) lock the gate; and'], { x: 90 }),
        paragraph(154, ['(c) keep:'], { x: 90 }),
        paragraph(172, ['. ladders'], { x: 108 }),
        paragraph(190, ['. lamps'], { x: 108 }),
      ]),
    ]);
    expect(outlineOf(tree.root)).toEqual([
      'p The Contractor shall:',
      '(a) sweep the yard;',
      '(b) lock the gate; and',
      '(c) keep:',
      '  • ladders',
      '  • lamps',
    ]);
  });

  test('A recogniser that knows titles, headings and items is believed', () => {
    const tree = fromDocumentAi([
      page(1, [
        paragraph(72, ['the plan'], { kind: 'title' }),
        paragraph(100, ['what is asked'], { kind: 'heading', depth: 1 }),
        paragraph(120, PROSE),
        paragraph(180, ['a first thing'], { kind: 'list_item', x: 90 }),
        paragraph(200, ['another thing'], { kind: 'list_item', x: 90 }),
      ]),
    ]);
    expect(outlineOf(tree.root)).toEqual([
      'h1 the plan',
      'h2 what is asked',
      `p ${PROSE.join(' ')}`,
      '• a first thing',
      '• another thing',
    ]);
  });
});

test('A table stands between the paragraphs above and below it, with its header and spans', () => {
  const cell = (text: string, columnSpan = 1) => ({ text, rowSpan: 1, columnSpan });
  const table = {
    bbox: { x: 72, y: 160, width: 400, height: 60 },
    rows: [
      { isHeader: true, cells: [cell('Item'), cell('Price')] },
      { isHeader: false, cells: [cell('Lamp'), cell('$4.00')] },
      { isHeader: false, cells: [cell('All prices are firm', 2)] },
    ],
  };
  const tree = fromDocumentAi([
    page(5, [paragraph(100, PROSE), paragraph(300, ['Below the table stands this sentence.'])], [table]),
    page(6, [], [{ ...table, bbox: { ...table.bbox, width: 200 } }]),
  ]);
  expect(tree.root.children.map(({ type }) => type)).toEqual(['paragraph', 'table', 'paragraph', 'table']);
  expect(outlineOf(tree.root)[1]).toBe('| Item | Price |');
  const first = tree.root.children[1];
  const spanned = first?.type === 'table' ? first.children[2]?.children[0]?.data?.provenance : undefined;
  expect([spanned?.columnSpan, spanned?.pageNumber]).toEqual([2, 5]);
  expect(tree.pages.map(({ source }) => source)).toEqual(['ocr', 'ocr']);
});

describe('What is said about the pages', () => {
  test('Running heads and feet leave the text and stay in the ledger, stated by the recogniser or found by their return', () => {
    const stated = page(1, [
      paragraph(30, ['RFP 26-17'], { kind: 'header' }),
      paragraph(100, PROSE),
      paragraph(760, ['Page 1'], { kind: 'footer' }),
    ]);
    const byKind = fromDocumentAi([stated]);
    expect(byKind.runningLines.map(({ text, position }) => `${position} ${text}`)).toEqual([
      'head RFP 26-17',
      'foot Page 1',
    ]);
    expect(outlineOf(byKind.root)).toEqual([`p ${PROSE.join(' ')}`]);

    const returning = [1, 2, 3, 4].map((pageNumber) =>
      page(pageNumber, [
        paragraph(100, [`${PROSE.join(' ')}`.slice(0, 90), `This is said on sheet ${pageNumber} only.`]),
        paragraph(760, [`RFP 26-17 Page ${pageNumber} of 4`]),
      ]),
    );
    const byReturn = fromDocumentAi(returning);
    expect(byReturn.runningLines.map(({ text }) => text)).toEqual([1, 2, 3, 4].map((n) => `RFP 26-17 Page ${n} of 4`));
    expect(outlineOf(byReturn.root).join()).not.toMatch(/26-17/);
  });

  test('A page that is read with little confidence is named, by letters and not by lines', () => {
    const unsure = { confidence: 0.4 };
    const tree = fromDocumentAi([
      page(8, [paragraph(100, PROSE, unsure), paragraph(200, ['Sure.'])]),
      page(9, [paragraph(100, PROSE), paragraph(200, ['Not sure.'], unsure)]),
    ]);
    expect(tree.messages).toEqual([
      expect.objectContaining({ level: 'warning', code: 'OCR_LOW_CONFIDENCE', pageNumber: 8 }),
    ]);
    expect(tree.messages[0]?.text).toMatch(/Page 8 .* 41 %/);
  });

  test('A page without text is blank, and never takes a neighbour with it', () => {
    const tree = fromDocumentAi([page(1, []), page(2, [paragraph(100, PROSE)]), page(3, [])]);
    expect(tree.messages.map(({ level, code, pageNumber }) => `${level} ${code} ${pageNumber}`)).toEqual([
      'info PAGE_BLANK 1',
      'info PAGE_BLANK 3',
    ]);
    expect(tree.pages.map(({ source }) => source)).toEqual(['none', 'ocr', 'none']);
    expect(tree.pagesNeedingOcr).toEqual([]);
    expect(fromDocumentAi([page(1, [])]).root.children).toEqual([]);
    expect(fromDocumentAi([]).pages).toEqual([]);
  });

  test('The same pages give the same tree, in whatever order they come', () => {
    const pages = [1, 2, 3].map((pageNumber) => page(pageNumber, [paragraph(100, PROSE)]));
    expect(fromDocumentAi(pages.toReversed())).toEqual(fromDocumentAi(pages));
    expect(fromDocumentAi(pages).language).toBe('en');
  });
});
