import { describe, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { fromOdt } from '../../../../functions/src/convert/odf/from-odt.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { reasonOf } from '../../../support/reason-of.ts';
import { buildOdf, cell, heading, paragraph, part, row, style, table } from './build-odf.ts';

const limits = { pdfBytes: 1e9, officeBytes: 1e9, textBytes: 1e9, otherBytes: 1e9, unpackedBytes: 1e8 };
type Parts = Omit<Parameters<typeof buildOdf>[0], 'kind'>;
const readBytes = (bytes: Uint8Array) => fromOdt({ bytes, fileName: 'a.odt' }, limits);
const read = (parts: Parts) => readBytes(buildOdf({ kind: 'text', ...parts }));
const write = (body: string, parts: Omit<Parts, 'body'> = {}) => toMarkdown(read({ body, ...parts }), 'd0').markdown;

describe('paragraphs', () => {
  test('A heading is known by its element, a title by its style, also through a style derived from it', () => {
    const common = style('Title', 'paragraph', '') + style('Own', 'paragraph', '', 'style:default-outline-level="3"');
    const automatic = style('P1', 'paragraph', '', 'style:parent-style-name="Title"');
    const body = paragraph('Main', 'P1') + heading('One', 1) + heading('Two', 2) + paragraph('Three', 'Own');
    expect(write(body, { common, automatic })).toBe('# Main\n\n# One\n\n## Two\n\n### Three\n');
  });

  test('Labels that were typed before a tab, hanging out to the left of their text, are those of list items', () => {
    const hanging = (name: string, left: string) =>
      style(name, 'paragraph', `<style:paragraph-properties fo:margin-left="${left}" fo:text-indent="-0.25in"/>`);
    const automatic = hanging('P1', '0.5in') + hanging('P2', '1in');
    const item = (label: string, name: string) => paragraph(`${label}<text:tab/>Text`, name);
    expect(
      write(item('1.', 'P1') + item('–', 'P2') + item('2.', 'P1') + paragraph('3.<text:tab/>Text'), { automatic }),
    ).toBe('1. Text\n   - Text\n2. Text\n\n3\\. Text\n');
  });

  test('Bold and italic are read where a writer set them, not where a kind of paragraph looks so', () => {
    const bold = '<style:text-properties fo:font-weight="bold"/>';
    const common = style('Loud', 'paragraph', bold) + style('Strong', 'text', bold);
    const automatic =
      style('P1', 'paragraph', bold) +
      style('T1', 'text', '<style:text-properties fo:font-weight="normal" fo:font-style="italic"/>');
    const span = (name: string, text: string) => `<text:span text:style-name="${name}">${text}</text:span>`;
    const body =
      paragraph('kind', 'Loud') + paragraph(`all ${span('T1', 'slanted')}`, 'P1') + paragraph(span('Strong', 'one'));
    expect(write(body, { common, automatic })).toBe('kind\n\n**all** _slanted_\n\n**one**\n');
  });

  test('Spaces, tabs, line breaks, links and fields are what a reader sees', () => {
    const body = paragraph(
      'a<text:s text:c="3"/>b<text:tab/>c<text:line-break/><text:a xlink:href="https://example.org/">d</text:a> <text:a xlink:href="#top">e</text:a> <text:page-count>7</text:page-count>',
    );
    expect(write(body)).toBe('a b c  \n[d](https://example.org/) e 7\n');
  });

  test('A style that is named and never defined is known by its name, a code span by its style', () => {
    const body = paragraph('Main', 'Title') + paragraph('<text:span text:style-name="Source_Text">x = 1</text:span>');
    expect(write(body)).toBe('# Main\n\n`x = 1`\n');
  });

  test('Quotations and preformatted text keep their kind', () => {
    const common = style('Quotations', 'paragraph', '') + style('Preformatted_20_Text', 'paragraph', '');
    const body = paragraph('said', 'Quotations') + paragraph('x<text:s text:c="3"/>= 1', 'Preformatted_20_Text');
    expect(write(body, { common })).toBe('> said\n\n```\nx   = 1\n```\n');
  });

  test('A prefix of another name for a namespace changes nothing', () => {
    const bytes = zipSync({
      'content.xml': strToU8(
        '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:text><t:h t:outline-level="2">Scope</t:h></o:text></o:body></o:document-content>',
      ),
    });
    expect(toMarkdown(readBytes(bytes), 'd0').markdown).toBe('## Scope\n');
  });
});

describe('tables, notes and frames', () => {
  test('Spans are kept, covered cells are not there, and header rows are the header', () => {
    const covered = '<table:covered-table-cell/>';
    const rows =
      `<table:table-header-rows>${row([cell('Item', 'table:number-rows-spanned="2"'), cell('Cost', 'table:number-columns-spanned="2"'), covered])}</table:table-header-rows>` +
      row([covered, cell('Low'), cell('High')]);
    expect(write(table(rows))).toBe(
      '<table>\n<tr><th rowspan="2">Item</th><th colspan="2">Cost</th></tr>\n<tr><td>Low</td><td>High</td></tr>\n</table>\n',
    );
  });

  test('Repeated cells and rows are repeated, but never without end', () => {
    const body = table(row([cell('a', 'table:number-columns-repeated="2"')], 'table:number-rows-repeated="2"'));
    expect(write(body)).toBe('|  |  |\n| --- | --- |\n| a | a |\n| a | a |\n');
    const many = 'table:number-columns-repeated="999999999"';
    const bomb = table(row([cell('x', many), cell('x', many)], 'table:number-rows-repeated="999999999"').repeat(20));
    const tree = read({ body: bomb });
    expect(toMarkdown(tree, 'd0').markdown.length).toBeLessThan(3_000_000);
    expect(tree.messages.map(({ code }) => code)).toContain('CELLS_LEFT_OUT');
  });

  test('Footnotes and endnotes stand at the end, numbered by their references', () => {
    const note = (kind: string, text: string) =>
      `<text:note text:note-class="${kind}"><text:note-citation>9</text:note-citation><text:note-body>${paragraph(text)}</text:note-body></text:note>`;
    const body = paragraph(`a${note('endnote', 'end')} b${note('footnote', 'foot')}`);
    expect(write(body)).toBe('a[^i] b[^1]\n\n[^1]: foot\n\n[^i]: end\n');
  });

  test('A text box follows its paragraph, a picture gives its description', () => {
    const box = `<draw:frame><draw:text-box>${paragraph('boxed')}</draw:text-box></draw:frame>`;
    const picture = (text: string) =>
      `<draw:frame><draw:image xlink:href="p.png"/><svg:desc>${text}</svg:desc></draw:frame>`;
    expect(write(paragraph(`text${box}`) + paragraph(picture('Site map')))).toBe('text\n\nboxed\n\nSite map\n');
    expect(write(paragraph(picture('image1.png')))).toBe('');
  });

  test('A chart is the table it draws', () => {
    const chart = part(
      'office:document-content',
      `<office:body><office:chart><chart:chart><chart:title>${paragraph('Growth')}</chart:title>${table(`<table:table-header-rows>${row([cell(''), cell('Share')])}</table:table-header-rows><table:table-rows>${row([cell('2025'), cell('5')])}</table:table-rows>`)}</chart:chart></office:chart></office:body>`,
    );
    const body = paragraph('<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>');
    expect(write(body, { more: { 'Object 1/content.xml': chart } })).toBe(
      'Growth\n\n|  | Share |\n| --- | --- |\n| 2025 | 5 |\n',
    );
  });
});

describe('what is not in the text', () => {
  test('Deleted text is out, inserted text is in, and both are counted', () => {
    const changes = `<text:tracked-changes><text:changed-region><text:deletion>${paragraph('gone')}</text:deletion></text:changed-region><text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>`;
    const tree = read({ body: `${changes}${paragraph('a <text:change-start/>new<text:change-end/><text:change/>')}` });
    expect(toMarkdown(tree, 'd0').markdown).toBe('a new\n');
    expect(tree.messages).toEqual([
      {
        level: 'warning',
        code: 'TRACKED_CHANGES',
        text: expect.stringMatching(/1 tracked insertion .* 1 tracked deletion/),
      },
    ]);
  });

  test('Comments are out and counted', () => {
    const tree = read({ body: paragraph(`a<office:annotation>${paragraph('why?')}</office:annotation>`) });
    expect(toMarkdown(tree, 'd0').markdown).toBe('a\n');
    expect(tree.messages.map(({ code }) => code)).toEqual(['COMMENTS_LEFT_OUT']);
  });

  test('Hidden text, paragraphs and sections are out and named among the findings', () => {
    const automatic = style('H', 'text', '<style:text-properties text:display="none"/>');
    const tree = read({
      body: `${paragraph('a<text:span text:style-name="H">secret</text:span>')}<text:section text:display="none">${paragraph('more')}</text:section>`,
      automatic,
    });
    expect(toMarkdown(tree, 'd0').markdown).toBe('a\n');
    expect(tree.safety).toEqual([
      {
        code: 'HIDDEN_TEXT',
        reason: 'hidden',
        characters: 10,
        excerpt: 'secret more',
        text: 'The file holds 10 characters marked as hidden. They were left out.',
      },
    ]);
  });

  test('Page headers and footers are running lines', () => {
    const masters = `<office:master-styles><style:master-page style:name="S"><style:header>${paragraph('Agency')}</style:header><style:footer>${paragraph('Page <text:page-number>3</text:page-number>')}</style:footer></style:master-page></office:master-styles>`;
    expect(read({ body: paragraph('a'), masters }).runningLines).toEqual([
      { text: 'Agency', position: 'head' },
      { text: 'Page 3', position: 'foot' },
    ]);
  });

  test('Title, author and language are what the file states', () => {
    const tree = read({
      body: paragraph('a'),
      meta: '<dc:title>Notice</dc:title><meta:initial-creator>A. Writer</meta:initial-creator><dc:language>en-US</dc:language>',
    });
    expect(tree).toMatchObject({ title: 'Notice', language: 'en-US', metadata: { author: 'A. Writer' } });
  });

  test('Macros and pictures from outside are named among the findings', () => {
    const tree = read({
      body: paragraph('a<draw:frame><draw:image xlink:href="https://example.org/p.png"/></draw:frame>'),
      more: { 'Basic/Standard/Module1.xml': '<x/>' },
    });
    expect(tree.safety.map(({ code }) => code)).toEqual(['MACROS', 'EXTERNAL_RESOURCE']);
  });
});

describe('bad input', () => {
  const encrypted =
    '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>';

  test('A file under a password is refused as such, though its content is no XML', () => {
    const bytes = buildOdf({ kind: 'text', body: '', manifest: encrypted, more: { 'content.xml': '\u0001\u0002' } });
    expect(reasonOf(() => readBytes(bytes))).toBe('FILE_ENCRYPTED');
  });

  test('A manifest with a document type, as old programs write it, is no hindrance', () => {
    const manifest = '<!DOCTYPE manifest:manifest PUBLIC "-//x" "Manifest.dtd"><manifest:manifest/>';
    const bytes = buildOdf({ kind: 'text', body: paragraph('a'), more: { 'META-INF/manifest.xml': manifest } });
    expect(toMarkdown(readBytes(bytes), 'd0').markdown).toBe('a\n');
  });

  test.each([
    ['no content', zipSync({ 'a.xml': strToU8('<a/>') })],
    ['content of another kind', buildOdf({ kind: 'spreadsheet', body: '' })],
    ['tags that do not pair up', buildOdf({ kind: 'text', body: '<text:p>' })],
    [
      'entities of its own',
      buildOdf({ kind: 'text', body: '', more: { 'content.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' } }),
    ],
    [
      'sections that are too deep',
      buildOdf({ kind: 'text', body: `${'<text:section>'.repeat(400)}${'</text:section>'.repeat(400)}` }),
    ],
  ])('A file with %s is refused as damaged', (_, bytes) => {
    expect(reasonOf(() => readBytes(bytes))).toBe('FILE_DAMAGED');
  });

  test('Styles that derive from one another in a circle end', () => {
    const automatic =
      style('A', 'paragraph', '', 'style:parent-style-name="B"') +
      style('B', 'paragraph', '', 'style:parent-style-name="A"');
    expect(write(paragraph('a', 'A'), { automatic })).toBe('a\n');
  });

  test.each(['', '-3', 'NaN', '99999999999'])('A heading whose level is "%s" is a heading still', (level) => {
    const outline =
      '<text:outline-style style:name="O"><text:outline-level-style text:level="1" style:num-format="1"/></text:outline-style>';
    const body = `<text:h text:outline-level="${level}">Scope</text:h>`;
    expect(write(body, { common: outline })).toMatch(/^#{1,6} .*Scope\n$/);
  });

  test('Tables in tables as deep as a file may be are read without a crash', () => {
    const open = '<table:table><table:table-row><table:table-cell>'.repeat(90);
    const close = '</table:table-cell></table:table-row></table:table>'.repeat(90);
    expect(write(`${open}${paragraph('deep')}${close}`)).toContain('deep');
  });
});
