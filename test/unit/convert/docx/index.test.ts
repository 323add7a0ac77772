import { describe, expect, test } from '@jest/globals';
import { fromDocx } from '../../../../functions/src/convert/docx/index.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { reasonOf } from '../../../support/reason-of.ts';
import type { DocxParts } from './build-docx.ts';
import { abstractList, buildDocx, cell, listInstance, numbered, paragraph, run, tableOf } from './build-docx.ts';

const limits = { pdfBytes: 1e9, officeBytes: 1e9, textBytes: 1e9, otherBytes: 1e9, unpackedBytes: 1e8 };
const read = (parts: DocxParts) => fromDocx({ bytes: buildDocx(parts), fileName: 'a.docx' }, limits);
const write = (parts: DocxParts) => toMarkdown(read(parts), 'd0').markdown;
const style = (id: string, name: string, inner = '') =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${inner}</w:style>`;
const styled = (text: string, id: string, more = '') => paragraph(text, `<w:pStyle w:val="${id}"/>${more}`);

describe('headings', () => {
  test('A heading is known by its style’s name, by an inherited outline level, or by its own', () => {
    const styles =
      style('berschrift1', 'heading 1') +
      style('Base', 'My Base', '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>') +
      style('Derived', 'My Derived', '<w:basedOn w:val="Base"/>');
    const body =
      styled('One', 'berschrift1') +
      styled('Two', 'Derived') +
      paragraph('Three', '<w:outlineLvl w:val="2"/>') +
      paragraph('Text');
    expect(write({ body, styles })).toBe('# One\n\n## Two\n\n### Three\n\nText\n');
  });

  test('The number Word prints before a heading is part of its text and kept as numbering', () => {
    const styles =
      style('H1', 'heading 1', '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>') +
      style('H2', 'heading 2', '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>');
    const numbering =
      abstractList(
        0,
        [
          ['upperRoman', 'Article %1.'],
          ['decimal', '%1.%2'],
        ],
        '<w:isLgl/>',
      ) + listInstance(1, 0);
    const tree = read({
      body: styled('Scope', 'H1') + styled('Parts', 'H2') + styled('More', 'H2'),
      styles,
      numbering,
    });
    const { markdown, blocks } = toMarkdown(tree, 'd0');
    expect(markdown).toBe('# Article I. Scope\n\n## 1.1 Parts\n\n## 1.2 More\n');
    expect(blocks.map((block) => block.numbering)).toEqual(['Article I.', '1.1', '1.2']);
  });
});

describe('numbering', () => {
  const outline = abstractList(0, [
    ['decimal', '%1.'],
    ['lowerLetter', '(%2)'],
    ['lowerRoman', '%3)'],
  ]);

  test('Deeper levels start again after a higher one, and shown numbers follow Word', () => {
    const numbering = outline + listInstance(1, 0);
    const body = [0, 1, 1, 2, 0, 1].map((level, index) => numbered(`p${index}`, 1, level)).join('');
    expect(write({ body, numbering })).toBe('1. p0\n   - (a) p1\n   - (b) p2\n     - i) p3\n2. p4\n   - (a) p5\n');
  });

  test('A clause number is the start of its paragraph, and the items below it are a list of their own', () => {
    const clauses = abstractList(0, [
      ['decimal', 'C.%1'],
      ['decimal', 'C.%1.%2'],
      ['lowerLetter', '(%3)'],
    ]);
    const numbering = clauses + listInstance(1, 0);
    const body = [0, 1, 2, 2, 1].map((level, index) => numbered(`p${index}`, 1, level)).join('');
    expect(write({ body, numbering })).toBe('C.1 p0\n\nC.1.1 p1\n\n- (a) p2\n- (b) p3\n\nC.1.2 p4\n');
  });

  test('A list goes on after a paragraph between its items, unless an override starts it again', () => {
    const override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>';
    const numbering = outline + listInstance(1, 0) + listInstance(2, 0, override);
    const body =
      numbered('a', 1) +
      paragraph('between') +
      numbered('b', 1) +
      paragraph('between') +
      numbered('c', 2) +
      numbered('d', 2);
    expect(write({ body, numbering })).toBe('1. a\n\nbetween\n\n2. b\n\nbetween\n\n5. c\n6. d\n');
  });

  test('A style may name the level and the one it is based on the list', () => {
    const levels = [
      ['decimal', 'Part %1'],
      ['lowerLetter', '(%2)'],
    ] as const;
    const styles =
      style('Clause', 'heading 2', '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>') +
      style('Below', 'heading 3', '<w:basedOn w:val="Clause"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>');
    const numbering = abstractList(0, levels) + listInstance(1, 0);
    expect(write({ body: styled('One', 'Clause') + styled('Two', 'Below'), styles, numbering })).toBe(
      '## Part 1 One\n\n### (a) Two\n',
    );
  });

  test('Labels that were typed before a tab, hanging out to the left of their text, are those of list items', () => {
    const item = (label: string, left: number) =>
      `<w:p><w:pPr><w:ind w:left="${left}" w:hanging="360"/></w:pPr><w:r><w:t>${label}</w:t><w:tab/><w:t>Text</w:t></w:r></w:p>`;
    const body = item('(a)', 720) + item('•', 1440) + item('(b)', 720) + paragraph(run('1. Text'));
    expect(write({ body })).toBe('- (a) Text\n  - Text\n- (b) Text\n\n1\\. Text\n');
  });

  test('Bullets are bullets at every depth, and numId 0 takes a style’s number away', () => {
    const numbering =
      abstractList(0, [
        ['bullet', '\uf0b7'],
        ['bullet', 'o'],
      ]) + listInstance(1, 0);
    const styles = style('L', 'List Bullet', '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>');
    const off = '<w:numPr><w:numId w:val="0"/></w:numPr>';
    const body = styled('a', 'L') + numbered('b', 1, 1) + styled('plain', 'L', off);
    expect(write({ body, numbering, styles })).toBe('- a\n  - b\n\nplain\n');
  });
});

describe('tables', () => {
  const first = '<w:tblLook w:firstRow="1"/>';

  test('Spans across and down are kept', () => {
    const body = tableOf(
      [
        [cell('A', '<w:gridSpan w:val="2"/>')],
        [cell('B', '<w:vMerge w:val="restart"/>'), cell('C')],
        [cell('<w:p/>', '<w:vMerge/>'), cell('D')],
      ],
      first,
    );
    expect(write({ body })).toBe(
      '<table>\n<tr><th colspan="2">A</th></tr>\n<tr><td rowspan="2">B</td><td>C</td></tr>\n<tr><td>D</td></tr>\n</table>\n',
    );
  });

  test('A merged row with nothing in it is a row of empty cells', () => {
    const body = tableOf([[cell('a'), cell('b')], [cell('', '<w:gridSpan w:val="2"/>')], [cell('c'), cell('d')]]);
    expect(write({ body })).toBe('|  |  |\n| --- | --- |\n| a | b |\n|  |  |\n| c | d |\n');
  });

  test('Paragraphs, lists and tables inside a cell become lines', () => {
    const numbering = abstractList(0, [['decimal', '%1.']]) + listInstance(1, 0);
    const inner = tableOf([[cell('x'), cell('y')]]);
    const body = tableOf(
      [
        [cell('H'), cell('I')],
        [cell(paragraph('p') + numbered('q', 1)), cell(inner + paragraph('z'))],
      ],
      first,
    );
    expect(write({ body, numbering })).toContain('<td>p<br>1. q</td><td>x y<br>z</td>');
  });

  test('Without a header row the table starts with an empty one; a table of one cell is a frame', () => {
    const body = tableOf([[cell('a'), cell('b')]]) + tableOf([[cell('framed')]]);
    expect(write({ body })).toBe('|  |  |\n| --- | --- |\n| a | b |\n\nframed\n');
  });
});

describe('inline content', () => {
  test('Insertions stay, deletions go, and a message says so', () => {
    const body = paragraph(
      `${run('keep ')}<w:ins>${run('new')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>`,
    );
    const tree = read({ body });
    expect(toMarkdown(tree, 'd0').markdown).toBe('keep new\n');
    expect(tree.messages.map(({ code }) => code)).toEqual(['TRACKED_CHANGES']);
  });

  test('A paragraph whose end was deleted goes on in the next one, and takes no number', () => {
    const item = (text: string, mark = '') =>
      `<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr>${mark}</w:rPr></w:pPr>${run(text)}</w:p>`;
    const numbering = abstractList(0, [['decimal', '%1.']]) + listInstance(1, 0);
    const body = item('one ', '<w:del w:id="1"/>') + item('goes on') + item('two') + item('last', '<w:del w:id="2"/>');
    const tree = read({ body, numbering });
    expect(toMarkdown(tree, 'd0').markdown).toBe('1. one goes on\n2. two\n\nlast\n');
    expect(tree.messages[0]?.text).toContain('2 tracked deletions');
  });

  test('A field shows its result, and a HYPERLINK field its target', () => {
    const mark = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
    const code = '<w:r><w:instrText> HYPERLINK "http://a.example/b?c=1" </w:instrText></w:r>';
    const body = paragraph(
      `${run('See ')}${mark('begin')}${code}${mark('separate')}${run('this')}${mark('end')}${run('.')}`,
    );
    expect(write({ body })).toBe('See [this](http://a.example/b?c=1).\n');
  });

  test('Links, content controls, tabs, breaks, symbols and hidden text', () => {
    const relationships = '<Relationship Id="l1" Type="x/hyperlink" Target="http://a.example/" TargetMode="External"/>';
    const body = paragraph(
      `<w:hyperlink r:id="l1">${run('link')}</w:hyperlink><w:r><w:tab/></w:r>` +
        `<w:sdt><w:sdtContent>${run('inside', '<w:b/>')}</w:sdtContent></w:sdt>` +
        `<w:r><w:br/></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>${run('secret', '<w:vanish/>')}`,
    );
    const tree = read({ body, relationships });
    expect(toMarkdown(tree, 'd0').markdown).toBe('[link](http://a.example/) **inside**  \n☑\n');
    expect(tree.safety.map(({ code }) => code)).toEqual(['HIDDEN_TEXT']);
  });

  test('Notes stand at the end under the number of their reference', () => {
    const footnotes = `<w:footnote w:id="7">${paragraph('The note.')}</w:footnote>`;
    const body = paragraph(`${run('Text')}<w:r><w:footnoteReference w:id="7"/></w:r>`) + paragraph('After');
    expect(write({ body, footnotes })).toBe('Text[^1]\n\nAfter\n\n[^1]: The note.\n');
  });

  test('A text box follows the paragraph it is anchored in, once', () => {
    const box = `<w:txbxContent>${paragraph('boxed')}</w:txbxContent>`;
    const body = paragraph(
      `${run('host')}<w:r><mc:AlternateContent><mc:Choice><w:drawing>${box}</w:drawing></mc:Choice>` +
        `<mc:Fallback><w:pict>${box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
    );
    expect(write({ body })).toBe('host\n\nboxed\n');
  });
});

describe('the package', () => {
  test('Lines of page headers and footers are running lines without a page, each once, and blocks outside the text', () => {
    const related = (id: string, kind: string) => `<Relationship Id="${id}" Type="x/${kind}" Target="${id}.xml"/>`;
    const head = `<w:hdr>${paragraph('RFP 123')}</w:hdr>`;
    const tree = read({
      body: paragraph('x') + paragraph('y'),
      relationships: related('header1', 'header') + related('header2', 'header') + related('footer1', 'footer'),
      more: {
        'word/header1.xml': head,
        'word/header2.xml': head,
        'word/footer1.xml': `<w:ftr>${paragraph('Page 1')}${paragraph('Procurement sensitive')}</w:ftr>`,
      },
    });
    expect(tree.runningLines).toEqual([
      { text: 'RFP 123', position: 'head' },
      { text: 'Page 1', position: 'foot' },
      { text: 'Procurement sensitive', position: 'foot' },
    ]);
    const { markdown, blocks } = toMarkdown(tree, 'd0');
    expect(markdown).toBe('x\n\ny\n');
    expect(blocks.map(({ kind, text, charStart }) => [kind, text, charStart])).toEqual([
      ['header_footer', 'RFP 123', null],
      ['paragraph', 'x', 0],
      ['paragraph', 'y', 3],
      ['header_footer', 'Page 1', null],
      ['header_footer', 'Procurement sensitive', null],
    ]);
    expect(tree.messages).toEqual([]);
  });

  test('Macros and metadata are reported', () => {
    const tree = read({
      body: paragraph('x'),
      more: {
        'word/vbaProject.bin': 'x',
        'docProps/core.xml': '<p><dc:title>My RFP</dc:title><dc:creator>A. Person</dc:creator></p>',
      },
    });
    expect(tree.safety.map(({ code }) => code)).toEqual(['MACROS']);
    expect([tree.title, tree.metadata.author, tree.pageBasis]).toEqual(['My RFP', 'A. Person', 'none']);
  });

  test('A file that unpacks to more than the limit is refused before it is unpacked', () => {
    const bytes = buildDocx({ body: paragraph('x'), more: { 'word/media/a.xml': ' '.repeat(200_000) } });
    const tight = { ...limits, unpackedBytes: 100_000 };
    expect(reasonOf(() => fromDocx({ bytes, fileName: 'a.docx' }, tight))).toBe('ARCHIVE_TOO_LARGE');
  });

  test('Broken XML and absurd nesting are damage, not a crash', () => {
    expect(reasonOf(() => read({ body: '<w:p><w:r>' }))).toBe('FILE_DAMAGED');
    const deep = `${'<w:sdt><w:sdtContent>'.repeat(5000)}${'</w:sdtContent></w:sdt>'.repeat(5000)}`;
    expect(reasonOf(() => read({ body: deep }))).toBe('FILE_DAMAGED');
  });

  test('Other prefixes for the usual namespaces are understood', () => {
    const main = 'http://purl.oclc.org/ooxml/wordprocessingml/main';
    const more = {
      'word/document.xml': `<x:document xmlns:x="${main}"><x:body><x:p><x:r><x:t>A &amp; B</x:t></x:r></x:p></x:body></x:document>`,
    };
    expect(write({ body: '', more })).toBe('A & B\n');
  });
});
