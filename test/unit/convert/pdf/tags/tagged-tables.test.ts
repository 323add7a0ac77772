import { describe, expect, test } from '@jest/globals';
import type { Table } from 'mdast';
import { textLines } from '../../../../support/make-pdf.ts';
import { outlineOf, readPdf } from '../../../../support/read-pdf.ts';
import { makeTaggedPdf, type TagElement, type TaggedOptions, type TaggedText } from '../../../../support/tagged-pdf.ts';

const read = (elements: TagElement[], options?: TaggedOptions) => readPdf(makeTaggedPdf(elements, options));
const shown = async (elements: TagElement[], options?: TaggedOptions): Promise<string[]> =>
  outlineOf((await read(elements, options)).root);

const cell = (x: number, y: number, lines: readonly string[], type = 'TD', attributes?: string): TagElement => ({
  type,
  texts: textLines(lines, x, y),
  ...(attributes ? { attributes } : {}),
});
const row = (...children: TagElement[]): TagElement => ({ type: 'TR', children });
const table = (...children: TagElement[]): TagElement => ({ type: 'Table', children });
const moved = (element: TagElement, page: number): TagElement => ({
  ...element,
  ...(element.texts ? { texts: element.texts.map((text): TaggedText => ({ ...text, page })) } : {}),
  ...(element.children ? { children: element.children.map((child) => moved(child, page)) } : {}),
});

const HEAD = row(cell(72, 100, ['Lamp'], 'TH'), cell(240, 100, ['Duty'], 'TH'));
const PROSE: TagElement = { type: 'P', texts: textLines(['The keeper sees to the lamps as the list says.'], 72, 60) };

describe('tables by their tags', () => {
  test('Lines without any gap between the rows are put into the cells that hold them', async () => {
    const found = await shown([
      PROSE,
      table(
        HEAD,
        row(cell(72, 114, ['North']), cell(240, 114, ['Trim the wick', 'and fill it with oil'])),
        row(cell(72, 142, ['South', 'tower']), cell(240, 142, ['Polish'])),
      ),
    ]);
    expect(found.slice(1)).toEqual([
      '| Lamp | Duty |',
      '| North | Trim the wick and fill it with oil |',
      '| South tower | Polish |',
    ]);
  });

  test('Cells keep the rows and columns that they span', async () => {
    const { root } = await read([
      table(
        row(cell(72, 100, ['Lamps of the northern towers'], 'TH', '<< /O /Table /ColSpan 2 >>')),
        row(cell(72, 114, ['North'], 'TD', '<< /O /Table /RowSpan 2 >>'), cell(240, 114, ['Trim'])),
        row(cell(240, 128, ['Fill'])),
      ),
    ]);
    const [first] = root.children;
    expect(first?.type).toBe('table');
    const cells = (first as Table).children.map(({ children }) => children.map(({ data }) => data?.provenance));
    expect(cells.map((one) => one.length)).toEqual([1, 2, 1]);
    expect(cells[0]?.[0]?.columnSpan).toBe(2);
    expect(cells[1]?.[0]?.rowSpan).toBe(2);
  });

  test('A cell that holds nothing keeps its place', async () => {
    const found = await shown([
      table(
        HEAD,
        row({ type: 'TD' }, cell(240, 114, ['Trim'])),
        row(cell(72, 128, ['South']), { type: 'TD' }),
        row(cell(72, 142, ['West']), cell(240, 142, ['Fill'])),
      ),
    ]);
    expect(found).toEqual(['| Lamp | Duty |', '|  | Trim |', '| South |  |', '| West | Fill |']);
  });

  test('A table and a row that a page break cuts are one again, and the head that is printed again is not repeated', async () => {
    const cut: TagElement = {
      type: 'TR',
      children: [
        cell(72, 720, ['West']),
        {
          type: 'TD',
          texts: [
            { text: 'Trim the wick', x: 240, y: 720 },
            { text: 'and fill it', x: 240, y: 114, page: 1 },
          ],
        },
      ],
    };
    const tree = await read(
      [
        table(
          row(cell(72, 692, ['Lamp'], 'TH'), cell(240, 692, ['Duty'], 'TH')),
          row(cell(72, 706, ['North']), cell(240, 706, ['Fill'])),
          cut,
          moved(row(cell(72, 128, ['East']), cell(240, 128, ['Polish'])), 1),
        ),
      ],
      {
        artifacts: [
          { text: 'Lamp', x: 72, y: 100, page: 1 },
          { text: 'Duty', x: 240, y: 100, page: 1 },
        ],
      },
    );
    expect(outlineOf(tree.root)).toEqual([
      '| Lamp | Duty |',
      '| North | Fill |',
      '| West | Trim the wick and fill it |',
      '| East | Polish |',
    ]);
    expect(tree.runningLines).toMatchObject([{ text: 'Lamp Duty', pageNumber: 2 }]);
  });

  test('A head that is printed again over columns without text is not repeated', async () => {
    const heads = (y: number): TaggedText[] =>
      ['Lamp', 'Duty', 'Done'].map((text, index) => ({ text, x: [72, 240, 400][index] ?? 0, y }));
    const found = await shown(
      [
        table(
          row(...heads(692).map((text): TagElement => ({ type: 'TH', texts: [text] }))),
          row(cell(72, 706, ['North']), cell(240, 706, ['Fill']), { type: 'TD' }),
          moved(row(cell(72, 114, ['East']), cell(240, 114, ['Polish']), { type: 'TD' }), 1),
        ),
      ],
      { artifacts: heads(100).map((text) => ({ ...text, page: 1 })) },
    );
    expect(found).toEqual(['| Lamp | Duty | Done |', '| North | Fill |  |', '| East | Polish |  |']);
  });

  test('Rows without text are shown where there is room for them, and elements beside rows are none', async () => {
    const empty = row({ type: 'TD' }, { type: 'TD' });
    const rows = (y: number): TagElement[] => [
      row(cell(72, y, ['North']), cell(240, y, ['Fill'])),
      row(cell(72, y + 16, ['South']), cell(240, y + 16, ['Trim'])),
      row(cell(72, y + 32, ['East']), cell(240, y + 32, ['Polish'])),
    ];
    const texts = ['| Lamp | Duty |', '| North | Fill |', '| South | Trim |', '| East | Polish |'];
    expect(await shown([table(HEAD, empty, ...rows(116))])).toEqual(texts);
    expect(await shown([table(HEAD, empty, ...rows(132))])).toEqual(texts.toSpliced(1, 0, '|  |  |'));
  });

  test('A head over rows to be filled in is a table of its own, and one right above other text is not', async () => {
    const head = row(...['Owner', 'Pier', 'Year'].map((text, index) => cell(72 + 120 * index, 100, [text], 'TH')));
    expect(await shown([PROSE, table(head)])).toContain('| Owner | Pier | Year |');
    const close: TagElement = { type: 'P', texts: textLines(['The list follows below.'], 72, 114) };
    expect(await shown([PROSE, table(head), close])).not.toContain('| Owner | Pier | Year |');
  });

  test('A page that is read with the help of its tags says so, and another does not', async () => {
    const tagged = await read([PROSE]);
    expect(tagged.pages[0]?.source).toBe('tags');
    const untagged = await read([], { loose: PROSE.texts ?? [] });
    expect(untagged.pages[0]?.source).toBe('text');
  });
});

const GRID: [number, number, number, number][] = [
  ...[88, 104, 120, 136].map((y): [number, number, number, number] => [66, y, 400, y]),
  ...[66, 234, 400].map((x): [number, number, number, number] => [x, 88, x, 136]),
];
const FOUR = ['| Lamp | Duty |', '| North | Trim |', '| South | Fill |'];

describe('tags that the page contradicts', () => {
  test('One table for each row is one table, by its lines', async () => {
    const rows = [
      HEAD,
      row(cell(72, 116, ['North']), cell(240, 116, ['Trim'])),
      row(cell(72, 132, ['South']), cell(240, 132, ['Fill'])),
    ];
    expect(
      await shown(
        rows.map((one) => table(one)),
        { lines: GRID },
      ),
    ).toEqual(FOUR);
  });

  test('A tag that merges the rows of a grid gives way to the grid', async () => {
    const merged = row(cell(72, 116, ['North']), cell(240, 116, ['Trim']));
    for (const [index, text] of ['South', 'Fill'].entries())
      merged.children?.[index]?.texts?.push({ text, x: index === 0 ? 72 : 240, y: 132 });
    expect(await shown([table(HEAD, merged)], { lines: GRID })).toEqual(FOUR);
  });

  test('A tag that leaves out a row gives way to the grid', async () => {
    const found = await shown([table(HEAD, row(cell(72, 116, ['North']), cell(240, 116, ['Trim'])))], {
      lines: GRID,
      loose: [
        { text: 'South', x: 72, y: 132 },
        { text: 'Fill', x: 240, y: 132 },
      ],
    });
    expect(found).toEqual(FOUR);
  });

  test('Rows in another order than they stand in give way to the grid', async () => {
    const found = await shown(
      [
        table(
          HEAD,
          row(cell(72, 132, ['South']), cell(240, 132, ['Fill'])),
          row(cell(72, 116, ['North']), cell(240, 116, ['Trim'])),
        ),
      ],
      { lines: GRID },
    );
    expect(found).toEqual(FOUR);
  });

  test('Spans that do not add up give way to the grid', async () => {
    const found = await shown(
      [
        table(
          HEAD,
          row(
            cell(72, 116, ['North'], 'TD', '<< /O /Table /ColSpan 9 >>'),
            cell(240, 116, ['Trim'], 'TD', '<< /O /Table /RowSpan -4 >>'),
          ),
          row(cell(72, 132, ['South']), cell(240, 132, ['Fill'])),
        ),
      ],
      { lines: GRID },
    );
    expect(found).toEqual(FOUR);
  });
});

describe('text that the tags leave out', () => {
  const body = (y: number, count: number): TagElement => ({
    type: 'P',
    texts: textLines(
      Array.from(
        { length: count },
        (_, index) => `Line ${index} of the text that tells of the keepers and their lamps`,
      ),
      72,
      y,
    ),
  });

  test('A head and a foot that are marked as no content are taken out of a single page too', async () => {
    const tree = await read([body(120, 12)], {
      artifacts: [
        { text: 'Harbour handbook of lamps', x: 72, y: 40 },
        { text: 'Edition of May', x: 72, y: 760 },
      ],
    });
    expect(tree.runningLines.map(({ text }) => text)).toEqual(['Harbour handbook of lamps', 'Edition of May']);
    expect(outlineOf(tree.root).join(' ')).not.toMatch(/handbook|Edition/);
  });

  test('Text that is marked as no content amid the text stays', async () => {
    const tree = await read([body(120, 6), body(260, 6)], {
      artifacts: [{ text: 'All lamps are lit at dusk.', x: 72, y: 230 }],
    });
    expect(outlineOf(tree.root).join(' ')).toContain('All lamps are lit at dusk.');
  });

  test('Where the tags hold little of the page, what they leave out stays', async () => {
    const tree = await read([body(300, 1)], {
      loose: textLines(
        Array.from({ length: 12 }, (_, at) => `Line ${at} without a mark`),
        72,
        40,
      ),
    });
    expect(outlineOf(tree.root).join(' ')).toContain('Line 0 without a mark');
    expect(tree.runningLines).toEqual([]);
  });
});
