import { describe, expect, test } from '@jest/globals';
import { fromOds } from '../../../../functions/src/convert/odf/from-ods.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { buildOdf, cell, paragraph, row, style, table } from './build-odf.ts';

const limits = { pdfBytes: 1e9, officeBytes: 1e9, textBytes: 1e9, otherBytes: 1e9, unpackedBytes: 1e8 };
type Parts = Omit<Parameters<typeof buildOdf>[0], 'kind'>;
const read = (parts: Parts) =>
  fromOds({ bytes: buildOdf({ kind: 'spreadsheet', ...parts }), fileName: 'a.ods' }, limits);
const write = (body: string, parts: Omit<Parts, 'body'> = {}) => toMarkdown(read({ body, ...parts }), 'd0').markdown;
const sheet = (rows: string, name = 'Prices', attributes = '') => table(rows, `table:name="${name}" ${attributes}`);
const value = (shown: string, type: string, stored: string) =>
  cell(shown, `office:value-type="${type}" office:value="${stored}"`);
const header = row([cell('Item'), cell('Price'), cell('Share')]);

test('A sheet is a heading and a table whose cells say what is shown, not what is stored', () => {
  const body = sheet(
    header + row([cell('Desk'), value('$1,200.00', 'currency', '1200'), value('12.5%', 'percentage', '0.125')]),
  );
  expect(write(body)).toBe(
    '## Prices\n\n| Item | Price | Share |\n| --- | --- | --- |\n| Desk | $1,200.00 | 12.5% |\n',
  );
});

test('Values that were saved without what they look like are shown plainly', () => {
  const stored = (attributes: string) => cell('', attributes);
  const body = sheet(
    header +
      row([
        stored('office:value-type="string" office:string-value="Desk"'),
        stored('office:value-type="float" office:value="7.5"'),
        stored('office:value-type="percentage" office:value="0.07"'),
      ]) +
      row([
        stored('office:value-type="date" office:date-value="2026-03-01T00:00:00"'),
        stored('office:value-type="boolean" office:boolean-value="true"'),
        cell('x'),
      ]),
  );
  expect(write(body)).toContain('| Desk | 7.5 | 7% |\n| 2026-03-01 | TRUE | x |\n');
});

test('Empty cells and rows, repeated to the end of the sheet, are nothing', () => {
  const rest = cell('', 'table:number-columns-repeated="16381"');
  const body = sheet(
    row([cell('Item'), cell('Price'), cell('Share'), rest]) +
      row([cell('Desk'), cell('1'), cell('2'), rest]) +
      row([cell('', 'table:number-columns-repeated="16384"')], 'table:number-rows-repeated="1048574"'),
  );
  expect(write(body)).toBe('## Prices\n\n| Item | Price | Share |\n| --- | --- | --- |\n| Desk | 1 | 2 |\n');
});

test('Cells and rows that are repeated stand as often as they are shown, but never without end', () => {
  const twice = sheet(header + row([cell('x', 'table:number-columns-repeated="3"')], 'table:number-rows-repeated="2"'));
  expect(write(twice)).toContain('| x | x | x |\n| x | x | x |\n');
  const tree = read({
    body: sheet(row([cell('x', 'table:number-columns-repeated="16384"')], 'table:number-rows-repeated="1048576"')),
  });
  expect(tree.messages.map(({ code }) => code)).toContain('CELLS_LEFT_OUT');
});

test('Merged cells keep their spans', () => {
  const covered = '<table:covered-table-cell/>';
  const body = sheet(
    row([cell('Costs', 'table:number-columns-spanned="3"'), covered, covered]) +
      header +
      row([cell('Desk'), cell('1'), cell('2')]) +
      row([cell('Both', 'table:number-rows-spanned="2"'), cell('3'), cell('4')]) +
      row([covered, cell('5'), cell('6')]),
  );
  expect(write(body)).toContain('<td rowspan="2">Both</td>');
});

describe('hidden', () => {
  test('Sheets, rows and columns are left out and counted', () => {
    const automatic = style('ta2', 'table', '<style:table-properties table:display="false"/>');
    const columns =
      '<table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/>';
    const tree = read({
      body:
        sheet(
          columns +
            row([cell('Item'), cell('Price'), cell('Share'), cell('Cost')]) +
            row([cell('Desk'), cell('1'), cell('2'), cell('secret')]) +
            row([cell('Chair'), cell('3'), cell('4'), cell('secret')], 'table:visibility="filter"'),
        ) + sheet(row([cell('secret')]), 'Hidden', 'table:style-name="ta2"'),
      automatic,
    });
    const { markdown } = toMarkdown(tree, 'd0');
    expect(markdown).toBe('## Prices\n\n| Item | Price | Share |\n| --- | --- | --- |\n| Desk | 1 | 2 |\n');
    expect(tree.messages.map(({ code, text }) => `${code} ${text}`)).toEqual([
      'HIDDEN_PARTS_LEFT_OUT 1 hidden sheet, 1 hidden row, 1 hidden column of the workbook left out.',
    ]);
    expect(tree.safety).toEqual([
      expect.objectContaining({
        code: 'HIDDEN_TEXT',
        reason: 'hidden',
        excerpt: 'Cost secret Chair 3 4 secret secret',
      }),
    ]);
  });
});

test('Lines of a cell stand under one another, its link is kept, its comment is counted', () => {
  const content = `<office:annotation>${paragraph('why?')}</office:annotation>${paragraph('<text:a xlink:href="https://example.org/">Desk</text:a>')}${paragraph('oak')}`;
  const tree = read({ body: sheet(row([cell(content)])) });
  expect(toMarkdown(tree, 'd0').markdown).toBe(
    '## Prices\n\n[Desk](https://example.org/)  \n[oak](https://example.org/)\n',
  );
  expect(tree.messages.map(({ code }) => code)).toEqual(['COMMENTS_LEFT_OUT']);
});

test('Text boxes that lie on a sheet follow its cells', () => {
  const shapes = `<table:shapes><draw:frame><draw:text-box>${paragraph('boxed')}</draw:text-box></draw:frame></table:shapes>`;
  expect(write(sheet(shapes + row([cell('text')])))).toBe('## Prices\n\ntext\n\nboxed\n');
});
