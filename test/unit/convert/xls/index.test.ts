/** The fixture is our own sheet (cable-prices.fods beside it), saved by LibreOffice as an Excel 97 workbook. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { fromXls } from '../../../../functions/src/convert/xls/index.ts';
import { reasonOf } from '../../../support/reason-of.ts';
import { buildOle2 } from '../mail/build-msg.ts';
import { buildXls, f64, label, number, record, shared, string, u16, u32 } from './build-xls.ts';

const read = (bytes: Uint8Array) => fromXls({ bytes, fileName: 'a.xls' });
const write = (bytes: Uint8Array) => toMarkdown(read(bytes), 'd0').markdown;
const oneSheet = (records: readonly number[], globals: readonly number[] = []) =>
  write(buildXls({ sheets: [{ name: 'S', records }], globals }));
/** Two columns under a header of two labels. */
const rows = (...values: number[][]) => [...label(0, 0, 'A'), ...label(0, 1, 'B'), ...values.flat()];
const cellsOf = (markdown: string) => markdown.split('\n').slice(4).filter(Boolean);

test('Numbers, dates and shares are as displayed, links kept, and hidden sheets left out and reported', () => {
  const tree = read(readFileSync('test/fixtures/legacy-office/cable-prices.xls'));
  expect(toMarkdown(tree, 'd0').markdown).toBe(
    [
      '## Prices\n',
      '| Item | Price | From | Share |',
      '| --- | --- | --- | --- |',
      '| Cable “thick” ąę | 1,200.00 | 2024-02-29 | 12.5% |',
      '| [Rope](https://example.org/rope) | 3.14 | 2024-03-01 | 50.0% |',
      '| All | 1,203.14 |  | TRUE |\n',
      'Prices hold for one year after signature.\n',
    ].join('\n'),
  );
  expect(tree.messages.map(({ text }) => text)).toEqual(['1 hidden sheet of the workbook left out.']);
  expect(tree.safety).toEqual([expect.objectContaining({ code: 'HIDDEN_TEXT', reason: 'hidden', excerpt: 'secret' })]);
  expect(tree.title).toBe('Cable prices');
});

describe('cells', () => {
  test('Packed numbers are whole or floating, and either may be in hundredths', () => {
    const high = (value: number) => (new DataView(Uint8Array.from(f64(value)).buffer).getUint32(4, true) & ~3) >>> 0;
    const packed = [(7 << 2) | 2, ((-5 << 2) | 2) >>> 0, (1250 << 2) | 3, high(1.5), high(1.5) | 1];
    const records = packed.flatMap((value, index) => [
      ...label(index + 1, 0, `r${index}`),
      ...record(0x27e, ...u16(index + 1, 1, 0), ...u32(value)),
    ]);
    expect(cellsOf(oneSheet(rows(records)))).toEqual([
      '| r0 | 7 |',
      '| r1 | -5 |',
      '| r2 | 12.5 |',
      '| r3 | 1.5 |',
      '| r4 | 0.015 |',
    ]);
    const many = record(
      0xbd,
      ...u16(1, 0),
      ...u16(0),
      ...u32((3 << 2) | 2),
      ...u16(0),
      ...u32((4 << 2) | 2),
      ...u16(1),
    );
    expect(cellsOf(oneSheet(rows(many)))).toEqual(['| 3 | 4 |']);
  });

  test('A formula is its saved result: a number, a text in the record after, a truth value or an error', () => {
    const formula = (row: number, ...result: number[]) =>
      record(6, ...u16(row, 1, 0), ...result, ...Array<number>(8).fill(0));
    const special = (kind: number, value = 0) => [kind, 0, value, 0, 0, 0, 0xff, 0xff];
    const named = (row: number) => label(row, 0, `r${row}`);
    const records = rows(
      [...named(1), ...formula(1, ...f64(2.5))],
      [...named(2), ...formula(2, ...special(0)), ...record(0x207, ...string('two lines'))],
      [...named(3), ...formula(3, ...special(1, 1))],
      [...named(4), ...formula(4, ...special(2, 7))],
      [...named(5), ...record(0x205, ...u16(5, 1, 0), 0x2a, 1)],
    );
    expect(cellsOf(oneSheet(records))).toEqual([
      '| r1 | 2.5 |',
      '| r2 | two lines |',
      '| r3 | TRUE |',
      '| r4 | #DIV/0! |',
      '| r5 | #N/A |',
    ]);
  });

  test('A shared string may go on in the next record, in characters of another width, its formatting passed over', () => {
    const wide = (text: string) => [...text].flatMap((letter) => u16(letter.charCodeAt(0)));
    const first = [...u32(3), ...u32(3), ...string('plain'), ...u16(6), 8, ...u16(1), 0x61, 0x62, 0x63];
    const second = [1, ...wide('żół'), ...u16(0, 0), ...string('last')];
    const strings = [...record(0xfc, ...first), ...record(0x3c, ...second)];
    const records = rows(
      [...shared(1, 0, 0), ...shared(1, 1, 1)],
      [...shared(2, 0, 2), ...shared(2, 1, 9), ...number(2, 1, 8)],
    );
    expect(cellsOf(oneSheet(records, strings))).toEqual(['| plain | abcżół |', '| last | 8 |']);
  });

  test('Days are counted from 1900, or from 1904 where the workbook says so', () => {
    const formats = [
      ...record(0x41e, ...u16(164), ...string('yyyy-mm-dd')),
      ...record(0xe0, ...u16(0, 164), ...Array<number>(16).fill(0)),
    ];
    const records = rows([...label(1, 0, 'day'), ...number(1, 1, 1, 0)]);
    expect(cellsOf(oneSheet(records, formats))).toEqual(['| day | 1900-01-01 |']);
    expect(cellsOf(oneSheet(records, [...record(0x22, 1, 0), ...formats]))).toEqual(['| day | 1904-01-02 |']);
  });

  test('Merged cells span, and hidden rows and columns are left out and counted', () => {
    const merged = rows(
      [...label(1, 0, 'over both'), ...record(0xe5, ...u16(1, 1, 1, 0, 1))],
      [...label(2, 0, 'x'), ...number(2, 1, 1)],
    );
    expect(oneSheet(merged)).toContain('<td colspan="2">over both</td>');
    const hidden = rows(
      [...label(1, 0, 'x'), ...number(1, 1, 1), ...label(1, 2, 'no')],
      [...label(2, 0, 'no'), ...record(0x208, ...u16(2, 0, 3, 255, 0, 0, 0x20, 0))],
      record(0x7d, ...u16(2, 2, 0, 0, 1, 0)),
    );
    const tree = read(buildXls({ sheets: [{ name: 'S', records: hidden }] }));
    expect(toMarkdown(tree, 'd0').markdown).not.toContain('no');
    expect(tree.messages[0]?.text).toContain('1 hidden row, 1 hidden column');
    expect(tree.safety[0]).toMatchObject({ reason: 'hidden', characters: 4 });
  });
});

describe('refusals', () => {
  const sheets = [{ name: 'S', records: label(0, 0, 'x') }];

  test('A workbook with a password, one of Excel 95 and one without a workbook in it are refused with their reason', () => {
    expect(reasonOf(() => read(buildXls({ sheets, globals: record(0x2f, 1, 0) })))).toBe('FILE_ENCRYPTED');
    expect(reasonOf(() => read(buildXls({ sheets, version: 0x0500 })))).toBe('FORMAT_UNSUPPORTED');
    expect(reasonOf(() => read(buildOle2({ Other: Uint8Array.of(1) })))).toBe('FILE_DAMAGED');
    expect(reasonOf(() => read(buildOle2({ Workbook: Uint8Array.of(1, 2, 3, 4) })))).toBe('FILE_DAMAGED');
  });

  test('Records that say more than there is are read as far as they go', () => {
    const strings = record(0xfc, ...u32(9e8), ...u32(9e8), ...u16(60_000), 1, 0x61, 0);
    const records = [...shared(0, 0, 0), ...record(0xe5, ...u16(60_000, 0)), ...record(0x203, 1)];
    expect(write(buildXls({ sheets: [{ name: 'S', records }], globals: strings }))).toBe('## S\n\na\n');
  });
});
