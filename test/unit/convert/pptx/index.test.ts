import { describe, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { fromPptx } from '../../../../functions/src/convert/pptx/index.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { reasonOf } from '../../../support/reason-of.ts';
import {
  buildPptx,
  cell,
  content,
  graphic,
  linked,
  paragraph,
  part,
  placeholder,
  related,
  run,
  tableOf,
  textBox,
  title,
} from './build-pptx.ts';

const limits = { pdfBytes: 1e9, officeBytes: 1e9, textBytes: 1e9, otherBytes: 1e9, unpackedBytes: 1e8 };
type Parts = Parameters<typeof buildPptx>[0];
const read = (parts: Parts) => fromPptx({ bytes: buildPptx(parts), fileName: 'a.pptx' }, limits);
const write = (...slides: Parts['slides']) => toMarkdown(read({ slides }), 'd0').markdown;

describe('slides', () => {
  test('Slides come in the order in which they are shown, each under its title, wherever the title stands among the shapes', () => {
    const markdown = write(
      { shapes: content(paragraph('Body one', '', '<a:buNone/>')) + title('One') },
      { shapes: title('Two') },
      { shapes: title('Three') },
    );
    expect(markdown).toBe('# One\n\nBody one\n\n# Two\n\n# Three\n');
  });

  test('The slide that opens the deck is above those that open a part, and these are above the others', () => {
    const markdown = write(
      { shapes: title('Deck'), layout: 'title' },
      { shapes: title('Agenda') },
      { shapes: title('Part'), layout: 'secHead' },
      { shapes: title('Slide') },
    );
    expect(markdown).toBe('# Deck\n\n## Agenda\n\n## Part\n\n### Slide\n');
  });

  test('A slide without a title is set off from the slide before it by a rule', () => {
    const body = (text: string) => ({ shapes: textBox(paragraph(text)) });
    expect(write({ shapes: title('One') }, body('a'), body('b'))).toBe('# One\n\na\n\n***\n\nb\n');
  });

  test('A hidden slide is left out and named among the findings', () => {
    const tree = read({ slides: [{ shapes: title('Shown') }, { shapes: title('Secret'), attributes: 'show="0"' }] });
    expect(toMarkdown(tree, 'd0').markdown).toBe('# Shown\n');
    expect(tree.safety).toEqual([
      { code: 'HIDDEN_TEXT', reason: 'hidden', characters: 6, excerpt: 'Secret', text: expect.any(String) },
    ]);
    expect(tree.messages).toEqual([expect.objectContaining({ code: 'HIDDEN_PARTS_LEFT_OUT' })]);
  });

  test('Speaker notes are a quotation after their slide, without the number of the page', () => {
    const notes =
      placeholder('type="body" idx="1"', paragraph('Say this')) +
      placeholder('type="sldNum"', '<a:p><a:fld type="slidenum"><a:t>7</a:t></a:fld></a:p>');
    const tree = read({ slides: [{ shapes: title('One'), notes }, { shapes: title('Two') }] });
    expect(toMarkdown(tree, 'd0').markdown).toBe('# One\n\n> Say this\n\n# Two\n');
    expect(tree.messages.map(({ code }) => code)).toEqual(['SPEAKER_NOTES']);
  });

  test('Feet and dates are running lines, once; the number of the slide is nowhere', () => {
    const foot =
      placeholder('type="ftr" idx="11"', paragraph('Agency X')) +
      placeholder('type="sldNum" idx="12"', '<a:p><a:fld type="slidenum"><a:t>3</a:t></a:fld></a:p>');
    const tree = read({ slides: [{ shapes: title('One') + foot }, { shapes: title('Two') + foot }] });
    expect(toMarkdown(tree, 'd0').markdown).toBe('# One\n\n# Two\n');
    expect(tree.runningLines).toEqual([{ text: 'Agency X', position: 'foot' }]);
  });
});

describe('text', () => {
  test('Bullets and numbers are inherited from layout and master by level; a paragraph without one is no item', () => {
    const body = content(
      paragraph('Intro', 'marL="0" indent="0"', '<a:buNone/>') +
        paragraph('a') +
        paragraph('b', 'lvl="1"') +
        paragraph('c', 'lvl="2"') +
        paragraph('d', 'lvl="2"') +
        paragraph('e'),
    );
    const expected = 'Intro\n\n- a\n  - b\n    - (a) c\n    - (b) d\n- e\n';
    expect(write({ shapes: body })).toBe(expected);
    const plain = placeholder('type="body" idx="2"', paragraph('no bullet here'));
    expect(write({ shapes: plain })).toBe('no bullet here\n');
  });

  test('Numbers go on over deeper paragraphs, begin where they say, and begin anew after a paragraph between', () => {
    const number = (text: string, more = '') => paragraph(text, '', `<a:buAutoNum type="arabicPeriod" ${more}/>`);
    const body = content(
      number('a', 'startAt="3"') +
        paragraph('b', 'lvl="1"') +
        number('c', 'startAt="3"') +
        paragraph('break', 'marL="0" indent="0"', '<a:buNone/>') +
        number('d', 'startAt="3"'),
    );
    expect(write({ shapes: body })).toBe('3. a\n   - b\n4. c\n\nbreak\n\n3. d\n');
  });

  test('A paragraph without a bullet that is indented as far as an item belongs to it', () => {
    const body = content(
      paragraph('a') + paragraph('more', 'marL="342900" indent="0"', '<a:buNone/>') + paragraph('b'),
    );
    expect(write({ shapes: body })).toBe('- a\n\n  more\n- b\n');
  });

  test('Bold, italic, struck, links and line breaks are kept, and a place inside the deck is no address', () => {
    const line =
      run('bold', 'b="1"') +
      run(' ') +
      run('slanted', 'i="1"') +
      run(' ') +
      run('gone', 'strike="sngStrike"') +
      run(' ', 'strike="noStrike"') +
      '<a:r><a:rPr><a:hlinkClick r:id="out"/></a:rPr><a:t>out</a:t></a:r><a:br/>' +
      '<a:r><a:rPr><a:hlinkClick r:id="in"/></a:rPr><a:t>in</a:t></a:r>';
    const relationships = linked('out', 'https://example.org/') + related('in', 'slide', 'slide1.xml');
    const markdown = write({ shapes: textBox(paragraph(line)), relationships });
    expect(markdown).toBe('**bold** _slanted_ ~~gone~~ [out](https://example.org/)  \nin\n');
  });

  test('A bold line with space above it is a heading below the title; without the space it is a paragraph', () => {
    const space = '<a:spcBef><a:spcPts val="3000"/></a:spcBef><a:buNone/>';
    const body = content(
      paragraph(run('Costs', 'b="1"'), 'marL="0" indent="0"', space) +
        paragraph(run('Note', 'b="1"'), 'marL="0" indent="0"', '<a:buNone/>'),
    );
    expect(write({ shapes: title('One') + body })).toBe('# One\n\n## Costs\n\n**Note**\n');
  });

  test('A title of several lines is one heading without marks', () => {
    const shapes = placeholder('type="title"', paragraph(`${run('A', 'b="1"')}<a:br/>${run('B')}`) + paragraph('C'));
    expect(write({ shapes })).toBe('# A B C\n');
  });
});

describe('tables, charts and pictures', () => {
  test('Cells that are merged across or down are one cell with spans', () => {
    const table = tableOf([
      [cell('Item', 'rowSpan="2"'), cell('Cost', 'gridSpan="2"'), cell('', 'hMerge="1"')],
      [cell('', 'vMerge="1"'), cell('Low'), cell('High')],
    ]);
    const markdown = write({ shapes: graphic(table) });
    expect(markdown).toBe(
      '<table>\n<tr><th rowspan="2">Item</th><th colspan="2">Cost</th></tr>\n<tr><td>Low</td><td>High</td></tr>\n</table>\n',
    );
  });

  test('A span that no table has is cut to the rows there are', () => {
    const table = tableOf([[cell('a', 'rowSpan="999999999"'), cell('b')], [cell('c')]]);
    expect(write({ shapes: graphic(table) })).toContain('rowspan="2"');
  });

  test('A table that names no first row has no header', () => {
    const table = tableOf(
      [
        [cell('a'), cell('b')],
        [cell('c'), cell('d')],
      ],
      '',
    );
    expect(write({ shapes: graphic(table) })).toBe('|  |  |\n| --- | --- |\n| a | b |\n| c | d |\n');
  });

  test('A chart is its title and the table that it draws, in the number format that it is saved with', () => {
    const points = (...values: (string | number)[]) =>
      values.map((value, at) => `<c:pt idx="${at}"><c:v>${value}</c:v></c:pt>`).join('');
    const series = `<c:ser><c:tx><c:strRef><c:strCache>${points('Share')}</c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache>${points('2024', '2025')}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:formatCode>0%</c:formatCode>${points(0.25, 0.5)}</c:numCache></c:numRef></c:val></c:ser>`;
    const chart = part(
      'c:chartSpace',
      `<c:chart><c:title><c:tx><c:rich>${paragraph('Growth')}</c:rich></c:tx></c:title><c:plotArea><c:barChart>${series}</c:barChart></c:plotArea></c:chart>`,
    );
    const tree = read({
      slides: [{ shapes: graphic('<c:chart r:id="c"/>'), relationships: related('c', 'chart', '../charts/c.xml') }],
      more: { 'ppt/charts/c.xml': chart },
    });
    const expected = 'Growth\n\n|  | Share |\n| --- | --- |\n| 2024 | 25% |\n| 2025 | 50% |\n';
    expect(toMarkdown(tree, 'd0').markdown).toBe(expected);
    expect(tree.messages).toEqual([]);
  });

  test('SmartArt is the nested list that it is drawn from, and a circle in it ends', () => {
    const point = (id: string, text: string) => `<dgm:pt modelId="${id}"><dgm:t>${paragraph(text)}</dgm:t></dgm:pt>`;
    const link = (from: string, to: string, order: number) =>
      `<dgm:cxn modelId="${from}${to}" srcId="${from}" destId="${to}" srcOrd="${order}"/>`;
    const data = part(
      'dgm:dataModel',
      `<dgm:ptLst><dgm:pt modelId="0" type="doc"/>${point('1', 'Plan')}${point('2', 'Build')}${point('3', 'Draft')}</dgm:ptLst><dgm:cxnLst>${link('0', '2', 1)}${link('0', '1', 0)}${link('1', '3', 0)}${link('3', '1', 0)}</dgm:cxnLst>`,
    );
    const tree = read({
      slides: [
        { shapes: graphic('<dgm:relIds r:dm="d"/>'), relationships: related('d', 'diagramData', '../diagrams/d.xml') },
      ],
      more: { 'ppt/diagrams/d.xml': data },
    });
    expect(toMarkdown(tree, 'd0').markdown).toBe('- Plan\n  - Draft\n- Build\n');
  });

  test('A picture gives its description; the name of its file is none', () => {
    const picture = (descr: string) =>
      `<p:pic><p:nvPicPr><p:cNvPr id="5" name="x" descr="${descr}"/><p:nvPr/></p:nvPicPr></p:pic>`;
    const { markdown, blocks } = toMarkdown(
      read({ slides: [{ shapes: picture('Map of the sites') + picture('image3.png') }] }),
      'd0',
    );
    expect(markdown).toBe('Map of the sites\n');
    expect(blocks.map(({ kind }) => kind)).toEqual(['figure']);
  });

  test('What cannot be read is counted: comments, objects, macros', () => {
    const tree = read({
      slides: [{ shapes: title('One') + graphic('<p:oleObj/>') }],
      more: {
        'ppt/comments/comment1.xml': part('p:cmLst', '<p:cm/><p:cm/>'),
        'ppt/vbaProject.bin': 'x',
        'ppt/embeddings/o.bin': 'x',
      },
    });
    expect(tree.messages.map(({ code, text }) => `${code} ${text.slice(0, 10)}`)).toEqual([
      'COMMENTS_LEFT_OUT 2 comments',
      'DRAWINGS_LEFT_OUT 1 chart, d',
    ]);
    expect(tree.safety.map(({ code }) => code)).toEqual(['MACROS', 'EMBEDDED_FILE']);
  });
});

describe('bad input', () => {
  test.each([
    ['no presentation in it', zipSync({ 'ppt/x.xml': strToU8('<x/>') }), 'FILE_DAMAGED'],
    ['a broken slide', buildPptx({ slides: [{ shapes: '<p:sp>' }] }), 'FILE_DAMAGED'],
    [
      'too deep a slide',
      buildPptx({ slides: [{ shapes: `${'<p:grpSp>'.repeat(400)}${'</p:grpSp>'.repeat(400)}` }] }),
      'FILE_DAMAGED',
    ],
    ['no ZIP archive at all', strToU8('PK\u0003\u0004 and nothing'), 'FILE_DAMAGED'],
  ])('A file with %s is refused with a reason', (_, bytes, reason) => {
    expect(reasonOf(() => fromPptx({ bytes, fileName: 'a.pptx' }, limits))).toBe(reason);
  });

  test('A file that unpacks to more than the limit is refused before it is unpacked', () => {
    const bytes = buildPptx({ slides: [{ shapes: textBox(paragraph('x'.repeat(5000))) }] });
    const small = { ...limits, unpackedBytes: 4000 };
    expect(reasonOf(() => fromPptx({ bytes, fileName: 'a.pptx' }, small))).toBe('ARCHIVE_TOO_LARGE');
  });

  test('Groups inside groups as deep as a file may be are read without a crash', () => {
    const shapes = `${'<p:grpSp>'.repeat(250)}${textBox(paragraph('deep'))}${'</p:grpSp>'.repeat(250)}`;
    expect(write({ shapes })).toBe('deep\n');
  });

  test('A slide that the list names and the package lacks is passed over', () => {
    const bytes = buildPptx({
      slides: [{ shapes: title('One') }],
      more: { 'ppt/_rels/presentation.xml.rels': '<Relationships/>' },
    });
    expect(toMarkdown(fromPptx({ bytes, fileName: 'a.pptx' }, limits), 'd0').markdown).toBe('');
  });
});
