/** The fixture is our own text (cable-repair.fodt beside it), saved by LibreOffice as a Word 97 document. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { fromDoc } from '../../../../functions/src/convert/doc/index.ts';
import { findEntry, readOle2 } from '../../../../functions/src/convert/ole2/read-ole2.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { reasonOf } from '../../../support/reason-of.ts';
import { buildOle2 } from '../mail/build-msg.ts';

const file = readFileSync('test/fixtures/legacy-office/cable-repair.doc');
const read = (bytes: Uint8Array) => fromDoc({ bytes, fileName: 'a.doc' });

/** The fixture's streams in a container of their own, the document changed. */
const changed = (change: (document: DataView, bytes: Uint8Array) => void): Uint8Array => {
  const { root } = readOle2(file, 'a.doc');
  const document = Uint8Array.from(findEntry(root, 'WordDocument')?.read() ?? []);
  change(new DataView(document.buffer), document);
  const table = Uint8Array.from(findEntry(root, '1Table')?.read() ?? []);
  return buildOle2({ WordDocument: document, '1Table': table });
};

test('Headings, marks, links, notes, numbered lists and merged cells are what Word shows', () => {
  expect(toMarkdown(read(file), 'd0').markdown).toBe(
    [
      '# Cable repair',
      'The contractor repairs **all cables** on the _north pier_[^1] and follows [the harbour rules](https://example.org/rules).',
      'Keep dry.',
      '## Work by month',
      '1. Inspect the pier.\n2. Replace the worst cable.\n   - (a) Cut it.\n   - (b) Join it.\n3. Write a report.',
      '- Gloves\n- Rope',
      [
        '<table>',
        '<tr><th>Item</th><th>Unit</th><th>Price</th></tr>',
        '<tr><td rowspan="2">Cable</td><td>metre</td><td>4.50</td></tr>',
        '<tr><td>coil</td><td>90.00</td></tr>',
        '<tr><td colspan="2">Total – “all”</td><td>94.50</td></tr>',
        '</table>',
      ].join('\n'),
      'Zażółć gęślą jaźń.',
      '[^1]: The pier with the crane.\n',
    ].join('\n\n'),
  );
});

test('Headers and footers are running lines, hidden text is reported, deletions are counted, the title is kept', () => {
  const { runningLines, safety, messages, title, pageBasis } = read(file);
  expect(runningLines).toEqual([
    { text: 'Harbour office, order 17', position: 'head' },
    { text: 'For the contractor', position: 'foot' },
  ]);
  expect(safety).toEqual([
    {
      code: 'HIDDEN_TEXT',
      reason: 'hidden',
      characters: 18,
      excerpt: 'Nobody sees this.',
      text: 'The file holds 18 characters marked as hidden. They were left out.',
    },
  ]);
  expect(messages.map(({ code, text }) => `${code} ${/\d+ tracked deletions?/.exec(text)?.[0]}`)).toEqual([
    'TRACKED_CHANGES 1 tracked deletion',
  ]);
  expect([title, pageBasis]).toEqual(['Cable repair', 'none']);
});

test('A document with a password, one of Word 95, and one without its tables are refused with their reason', () => {
  expect(reasonOf(() => read(changed((view) => view.setUint16(10, view.getUint16(10, true) | 0x100, true))))).toBe(
    'FILE_ENCRYPTED',
  );
  expect(reasonOf(() => read(changed((view) => view.setUint16(0, 0xa5dc, true))))).toBe('FORMAT_UNSUPPORTED');
  expect(reasonOf(() => read(changed((view) => view.setUint16(2, 0x68, true))))).toBe('FORMAT_UNSUPPORTED');
  const without = changed((view) => view.setUint16(10, view.getUint16(10, true) & ~0x200, true));
  expect(reasonOf(() => read(without))).toBe('FILE_DAMAGED');
});

test('Without the table of its pieces a document is damaged; without its formatting the text is read all the same', () => {
  const table = (index: number) => 154 + index * 8;
  const noPieces = changed((view) => view.setUint32(table(33) + 4, 0, true));
  expect(reasonOf(() => read(noPieces))).toBe('FILE_DAMAGED');
  const plain = changed((view) => {
    for (const index of [1, 12, 13, 73, 74]) view.setUint32(table(index) + 4, 0, true);
  });
  const { markdown } = toMarkdown(read(plain), 'd0');
  expect(markdown).toContain('Work by month');
  expect(markdown).toContain('94.50');
  expect(markdown).not.toContain('HYPERLINK');
});

test('Whatever byte of the header or the tables is wrong, there is a document or a typed refusal', () => {
  for (let at = 0; at < 1200; at += 7) {
    const bytes = changed((_, document) => document.fill(0xff, at, at + 3));
    expect(['nothing thrown', 'FILE_DAMAGED', 'FILE_ENCRYPTED', 'FORMAT_UNSUPPORTED']).toContain(
      reasonOf(() => toMarkdown(read(bytes), 'd0')),
    );
  }
});
