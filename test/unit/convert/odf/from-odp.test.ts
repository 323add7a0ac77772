import { expect, test } from '@jest/globals';
import { fromOdp } from '../../../../functions/src/convert/odf/from-odp.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { buildOdf, cell, list, paragraph, row, style, table } from './build-odf.ts';

const limits = { pdfBytes: 1e9, officeBytes: 1e9, textBytes: 1e9, otherBytes: 1e9, unpackedBytes: 1e8 };
type Parts = Omit<Parameters<typeof buildOdf>[0], 'kind'>;
const read = (parts: Parts) =>
  fromOdp({ bytes: buildOdf({ kind: 'presentation', ...parts }), fileName: 'a.odp' }, limits);
const write = (body: string, parts: Omit<Parts, 'body'> = {}) => toMarkdown(read({ body, ...parts }), 'd0').markdown;
const page = (shapes: string, attributes = '') => `<draw:page ${attributes}>${shapes}</draw:page>`;
const frame = (content: string, attributes = '') =>
  `<draw:frame ${attributes}><draw:text-box>${content}</draw:text-box></draw:frame>`;
const title = (text: string) => frame(paragraph(text), 'presentation:class="title"');
const at = (x: number, y: number) => `svg:x="${x}cm" svg:y="${y}cm" svg:width="8cm" svg:height="2cm"`;

test('Slides are headings with what stands below them in reading order, and their notes as quotations', () => {
  const notes = `<presentation:notes>${frame(paragraph('Say this'), 'presentation:class="notes"')}</presentation:notes>`;
  const body =
    page(frame(paragraph('low'), at(0, 9)) + frame(paragraph('high'), at(0, 3)) + title('One') + notes) +
    page(title('Two'));
  const tree = read({ body });
  expect(toMarkdown(tree, 'd0').markdown).toBe('# One\n\nhigh\n\nlow\n\n> Say this\n\n# Two\n');
  expect(tree.messages.map(({ code }) => code)).toEqual(['SPEAKER_NOTES']);
});

test('A first slide with a subtitle opens the deck', () => {
  const body = page(title('Deck') + frame(paragraph('2026'), 'presentation:class="subtitle"')) + page(title('Slide'));
  expect(write(body)).toBe('# Deck\n\n2026\n\n## Slide\n');
});

test('Lists keep their bullets and levels; a paragraph that takes its bullet away is no item', () => {
  const automatic =
    '<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/><text:list-level-style-bullet text:level="2" text:bullet-char="–"/></text:list-style>' +
    style('P1', 'paragraph', '<style:paragraph-properties text:enable-numbering="false"/>');
  const items = [paragraph('plain', 'P1'), paragraph('a') + list([paragraph('b')])];
  const body = page(frame(list(items, 'text:style-name="L1"'), 'presentation:class="outline"'));
  expect(write(body, { automatic })).toBe('plain\n\n- a\n  - b\n');
});

test('Tables are tables, and shapes give their text', () => {
  const cells = table(row([cell('a'), cell('b')]) + row([cell('c'), cell('d')]), 'table:use-first-row-styles="true"');
  const shape = `<draw:custom-shape>${paragraph('in a shape')}</draw:custom-shape>`;
  expect(write(page(`<draw:frame>${cells}<draw:image/></draw:frame>${shape}`))).toBe(
    '| a | b |\n| --- | --- |\n| c | d |\n\nin a shape\n',
  );
});

test('Hidden slides and shapes beside the slide are left out and named among the findings; feet are running lines', () => {
  const automatic = style('dp2', 'drawing-page', '<style:drawing-page-properties presentation:visibility="hidden"/>');
  const masters =
    '<office:automatic-styles><style:page-layout style:name="PM"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout></office:automatic-styles>' +
    '<office:master-styles><style:master-page style:name="M" style:page-layout-name="PM"/></office:master-styles>';
  const decl = '<presentation:footer-decl presentation:name="f">Agency X</presentation:footer-decl>';
  const foot = frame(paragraph('<presentation:footer/>Agency X'), 'presentation:class="footer"');
  const beside = frame(paragraph('beside'), at(40, 3));
  const tree = read({
    body:
      decl +
      page(title('Shown') + beside + foot, 'draw:master-page-name="M"') +
      page(title('Secret'), 'draw:style-name="dp2"'),
    automatic,
    masters,
  });
  expect(toMarkdown(tree, 'd0').markdown).toBe('# Shown\n');
  expect(tree.safety.map(({ text }) => text)).toEqual([
    'The file holds 6 characters off the page. They were left out.',
    'The file holds 6 characters marked as hidden. They were left out.',
  ]);
  expect(tree.messages.map(({ text }) => text)).toEqual(['1 hidden slide of the presentation left out.']);
  expect(tree.runningLines).toEqual([{ text: 'Agency X', position: 'foot' }]);
});

test('A title alone opens a part where such slides have a layout of their own, and none where slides with text look alike', () => {
  const text = frame(paragraph('Text'));
  const deck = (first: string, second: string) =>
    page(title('Plan'), `draw:master-page-name="${first}"`) +
    page(title('Why') + text, `draw:master-page-name="${second}"`);
  expect(write(deck('Section', 'Content'))).toBe('# Plan\n\n## Why\n\nText\n');
  expect(write(deck('Content', 'Content'))).toBe('# Plan\n\n# Why\n\nText\n');
});
