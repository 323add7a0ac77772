import { expect, test } from '@jest/globals';
import type { Nodes, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { toMarkdown } from '../../../functions/src/export/markdown.ts';
import { MATRIX_COLUMNS } from '../../../functions/src/export/matrix-columns.ts';
import { sampleAnalysis, sampleRow } from './sample-analysis.ts';

const parse = (markdown: string) =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

const plainText = (node: Nodes): string => {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(plainText).join('') : '';
};

/** Children of the requirement cell of the first row, as a Markdown reader sees them. */
const requirementCell = (requirementText: string) => {
  const markdown = toMarkdown(sampleAnalysis({ rows: [sampleRow({ requirementText })] }));
  const tables = parse(markdown).children.filter((node): node is Table => node.type === 'table');
  const matrix = tables.find(
    (table) => table.children[0]?.children.length === MATRIX_COLUMNS.filter((column) => column.inMarkdown).length,
  );
  const index = MATRIX_COLUMNS.filter((column) => column.inMarkdown).findIndex(({ key }) => key === 'requirement');
  return matrix?.children[1]?.children[index]?.children ?? [];
};

test.each([
  'A | B and C\\D',
  'Use *this* and _that_ and `code` and ~~gone~~',
  '![image](javascript:alert(1)) and [the portal](javascript:alert(1))',
  'Less than < 5 & more > 3 &amp; <script>alert(1)</script> <!-- hidden -->',
  'Costs $5 and $6',
])('Text of a document stays text in the table: %s', (text) => {
  expect(requirementCell(text)).toEqual([expect.objectContaining({ type: 'text', value: text })]);
});

test('An address becomes a link to itself at most, never to another place', () => {
  const text = 'See [https://good.example](https://evil.example/a_b), www.x.example or buyer@x.example.';
  const cell = requirementCell(text);
  expect(cell.map((node) => plainText(node)).join('')).toBe(text);
  for (const node of cell) if (node.type === 'link') expect(node.url.endsWith(plainText(node))).toBe(true);
});

test('A line break inside a cell does not end the row', () => {
  expect(requirementCell('one\ntwo').map((node) => ('value' in node ? node.value : ''))).toEqual([
    'one',
    '<br>',
    'two',
  ]);
});

test('The report has the coverage line, the documents and the unresolved sentences', () => {
  const markdown = toMarkdown(sampleAnalysis());
  expect(markdown).toContain('8 sentences: 2 in the matrix, 5 excluded with a reason, 1 unresolved.');
  expect(markdown).toContain('| solicitation.pdf | Base | 40 | 3–4 |');
  expect(markdown).toContain('Quotes should be firm, if practicable.');
  expect(markdown).toContain('Rows that a person should look at: 1.');
});

test('The report counts what was excluded for each reason and says where each sentence stands', () => {
  const markdown = toMarkdown(sampleAnalysis());
  expect(markdown).toContain('| Heading | 3 |');
  expect(markdown).toMatch(/sheet "Excluded" of compliance-matrix\.xlsx.*analysis\.json/);
  expect(toMarkdown(sampleAnalysis({ coverage: { excluded: [] } }))).not.toContain('"Excluded"');
});

test('A document without text is named in the report and in the coverage line', () => {
  const { documents } = sampleAnalysis();
  const markdown = toMarkdown(sampleAnalysis({ coverage: { documentsWithoutText: [documents[0]?.documentId ?? ''] } }));
  expect(markdown).toContain('No text was found in solicitation.pdf.');
  expect(markdown).toContain('1 document without text');
});

test('A run that finds nothing says so', () => {
  expect(toMarkdown(sampleAnalysis({ rows: [] }))).toContain('No requirement was found.');
});

test('A document that was recognised is told apart from one whose text is its own', () => {
  const [document] = sampleAnalysis().documents;
  if (document === undefined) throw new Error('no document');
  const text = 'Pages 1–17 were read by text recognition. Compare what matters with the original.';
  const messages = [{ level: 'info' as const, code: 'TEXT_RECOGNISED', text }, ...document.messages];
  const note = `${document.fileName}: ${text}`;
  expect(toMarkdown({ documents: [{ ...document, messages }] })).toContain(note);
  expect(toMarkdown({ documents: [document] })).not.toContain('text recognition');
});
