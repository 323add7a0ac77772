import { describe, expect, test } from '@jest/globals';
import { fromRtf } from '../../../../functions/src/convert/rtf/index.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { reasonOf } from '../../../support/reason-of.ts';

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const read = (rtf: string) => fromRtf({ bytes: latin1(rtf), fileName: 'a.rtf' });
const tree = (body: string, head = '') => read(`{\\rtf1\\ansi\\ansicpg1252 ${head}${body}}`);
const write = (body: string, head = '') => toMarkdown(tree(body, head), 'd0').markdown;
const STYLES =
  '{\\stylesheet{\\s0 Normal;}{\\s1\\b heading 1,Chapter;}{\\s2\\outlinelevel1 Kapitel;}{\\*\\cs9 Verbatim Char;}{\\s8 toc 1;}}';

describe('characters', () => {
  test('Bytes are in the code page of the document, or in that of their font', () => {
    const fonts = '{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}{\\f2\\fcharset128 C;}}';
    expect(write("\\f0 caf\\'e9 \\f1 \\'e4\\'e0 \\f2 \\'93\\'fa\\'96\\'7b\\par", fonts)).toBe('café да 日本\n');
  });

  test('Unicode characters are read, and what stands for them in old programs is not', () => {
    expect(write("\\u8364?5 \\uc2\\u-10179\\'3f\\'3f\\u-8704ab!\\par")).toBe('€5 😀!\n');
    expect(write('\\uc0\\u8364 5 {\\uc1\\u8364 ?}6\\par')).toBe('€5 €6\n');
  });

  test('A letter in a symbol font is the sign that this font has in its place', () => {
    const fonts = '{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset2 Symbol;}{\\f2\\fcharset2 Wingdings;}}';
    expect(write("{\\f1 \\'b7}{\\f2 \\'fe} {\\f2\\u-3844 ?}\\par", fonts)).toBe('•☑ ✓\n');
  });

  test('Dashes, quotation marks, spaces and escaped signs are the characters they name', () => {
    expect(write('\\ldblquote a\\rdblquote\\emdash b\\~c\\_d\\-e \\{x\\}\\tab\\\\ \\bullet\\par')).toBe(
      '“a”—b c-de {x} \\ •\n',
    );
  });

  test('Bold, italic, struck and code text is marked', () => {
    expect(write('{\\b a} b {\\i c} {\\strike d} {\\cs9 e}\\plain f\\par', STYLES)).toBe('**a** b _c_ ~~d~~ `e`f\n');
  });
});

describe('paragraphs', () => {
  test('A heading is known by its style’s name or its outline level', () => {
    expect(
      write('\\pard\\s1 One\\par\\pard\\s2 Two\\par\\pard\\outlinelevel2 Three\\par\\pard Text\\par', STYLES),
    ).toBe('# One\n\n## Two\n\n### Three\n\nText\n');
  });

  test('Numbers and bullets are those that the file shows, with their depth', () => {
    const item = (marker: string, level: number, text: string) =>
      `\\pard{\\listtext\\pard ${marker}\\tab}\\ls1\\ilvl${level} ${text}\\par`;
    expect(write(item('1.', 0, 'One') + item('(a)', 1, 'Deeper') + item('2.', 0, 'Two'))).toBe(
      '1. One\n   - (a) Deeper\n2. Two\n',
    );
    expect(write("\\pard{\\pntext\\'b7\\tab}Dot\\par")).toBe('- Dot\n');
  });

  test('Labels that were typed and hang out to the left of their text are those of list items', () => {
    const item = (label: string, left: number, text: string) =>
      `{\\pard\\li${left}\\fi-360 ${label}\\tx${left}\\tab ${text}\\par}`;
    const items = item('1.', 360, 'One') + item('\\endash ', 720, 'Deeper') + item('2.', 360, 'Two');
    expect(write(items)).toBe('1. One\n   - Deeper\n2. Two\n');
  });

  test('The number before a heading is part of its text', () => {
    const { root } = tree('\\pard\\s1{\\listtext 1.2\\tab}Scope\\par', STYLES);
    expect(root.children[0]).toMatchObject({ type: 'heading', data: { provenance: { numbering: '1.2' } } });
    expect(write('\\pard\\s1{\\listtext 1.2\\tab}Scope\\par', STYLES)).toBe('# 1.2 Scope\n');
  });

  test('A line break stays in its paragraph, and the last paragraph needs no end', () => {
    expect(write('a\\line b\\par c')).toBe('a  \nb\n\nc\n');
  });
});

describe('tables', () => {
  const row = (cells: string, definition = '\\cellx2000\\cellx4000\\cellx6000') =>
    `\\trowd\\trleft0${definition}${cells}\\row`;
  const cells = (...texts: string[]) => texts.map((text) => `\\pard\\intbl ${text}\\cell`).join('');

  test('Rows become a table whose first row is its header if it is marked as one', () => {
    const rtf = row(cells('1', '2', '3'), '\\trhdr\\cellx2000\\cellx4000\\cellx6000') + row(cells('4', '5', '6'));
    expect(write(`${rtf}\\pard After\\par`)).toBe('| 1 | 2 | 3 |\n| --- | --- | --- |\n| 4 | 5 | 6 |\n\nAfter\n');
  });

  test('A look without header row leaves the header empty; where nothing is marked, labels are a header', () => {
    const look = '\\tbllkborder\\cellx2000\\cellx4000';
    expect(write(row(cells('A', 'B'), look) + row(cells('1', '2'), look))).toBe(
      '|  |  |\n| --- | --- |\n| A | B |\n| 1 | 2 |\n',
    );
    const none = '\\cellx2000\\cellx4000';
    expect(write(row(cells('A', 'B'), none) + row(cells('1', '2'), none))).toBe(
      '| A | B |\n| --- | --- |\n| 1 | 2 |\n',
    );
  });

  test('Merged cells have their spans, whether they are joined or only wider', () => {
    const down = row(cells('{\\b H}', '{\\b I}', '{\\b J}'), '\\cellx2000\\cellx4000\\cellx6000');
    const first = row(cells('a', 'b', 'c'), '\\clvmgf\\cellx2000\\cellx4000\\cellx6000');
    const second = row(cells('', 'd', ''), '\\clvmrg\\cellx2000\\clmgf\\cellx4000\\clmrg\\cellx6000');
    const wide = row(cells('e', 'f'), '\\cellx4030\\cellx6000');
    expect(write(down + first + second + wide)).toBe(
      [
        '<table>',
        '<tr><th><strong>H</strong></th><th><strong>I</strong></th><th><strong>J</strong></th></tr>',
        '<tr><td rowspan="2">a</td><td>b</td><td>c</td></tr>',
        '<tr><td colspan="2">d</td></tr>',
        '<tr><td colspan="2">e</td><td>f</td></tr>',
        '</table>\n',
      ].join('\n'),
    );
  });

  test('A table in a cell is lines of that cell, and the cells around it stay where they are', () => {
    const inner =
      '\\pard\\intbl\\itap2 x\\nestcell y\\nestcell{\\*\\nesttableprops\\trowd\\cellx900\\cellx1900\\nestrow}{\\nonesttables\\par}';
    const outer = `\\trowd\\cellx2000\\cellx4000 \\pard\\intbl ${inner}\\pard\\intbl\\itap1 left\\cell right\\cell\\row`;
    const head = row(cells('A', 'B'), '\\trhdr\\cellx2000\\cellx4000');
    expect(write(head + outer)).toContain('<tr><td>x y<br>left</td><td>right</td></tr>');
  });

  test('Text of a row that never ends is not lost', () => {
    expect(write(`\\trowd\\cellx2000 ${cells('kept')}\\pard after\\par`)).toBe('kept\n\nafter\n');
  });
});

describe('what stands beside the text', () => {
  test('A hyperlink leads to its address, and other fields show their result', () => {
    const link = '{\\field{\\*\\fldinst HYPERLINK "https://example.org/a" \\\\l "b"}{\\fldrslt rules}}';
    expect(write(`See ${link}, page {\\field{\\*\\fldinst PAGEREF x}{\\fldrslt 7}}.\\par`)).toBe(
      'See [rules](https://example.org/a#b), page 7.\n',
    );
    expect(write('{\\field{\\*\\fldinst FORMCHECKBOX {\\*\\formfield{\\fftype1\\ffres1}}}{\\fldrslt}} yes\\par')).toBe(
      '☒ yes\n',
    );
  });

  test('Notes stand at the end, footnotes in figures and endnotes in Roman numerals', () => {
    expect(write('A{\\footnote\\pard {\\chftn}first}B{\\footnote\\ftnalt last}\\par')).toBe(
      'A[^1]B[^i]\n\n[^1]: first\n\n[^i]: last\n',
    );
  });

  test('Headers and footers are running lines, each once', () => {
    const { runningLines } = tree('{\\header\\pard Order 17\\par}{\\footer a\\par}{\\headerf Order 17\\par}Text\\par');
    expect(runningLines).toEqual([
      { text: 'Order 17', position: 'head' },
      { text: 'a', position: 'foot' },
    ]);
  });

  test('Hidden text is left out and reported; deletions are left out and counted, insertions kept', () => {
    const result = tree('a{\\v hidden}b{\\deleted gone}{\\revised new}\\par');
    expect(toMarkdown(result, 'd0').markdown).toBe('abnew\n');
    expect(result.safety).toEqual([
      {
        code: 'HIDDEN_TEXT',
        reason: 'hidden',
        characters: 6,
        excerpt: 'hidden',
        text: 'The file holds 6 characters marked as hidden. They were left out.',
      },
    ]);
    expect(result.messages[0]?.text).toContain('1 tracked insertion kept and 1 tracked deletion left out');
  });

  test('Pictures, objects and binary data leave no text, but a picture’s description and a text box do', () => {
    const picture =
      '{\\*\\shppict{\\pict{\\*\\picprop{\\sp{\\sn wzDescription}{\\sv A pier}}}\\pngblip 89504e47}}{\\nonshppict{\\pict 00}}';
    const object = '{\\object\\objemb{\\*\\objdata 0105}{\\result{\\pict 0f}}}';
    const box =
      '{\\shp{\\*\\shpinst{\\sp{\\sn fLine}{\\sv 0}}{\\shptxt \\pard In the box\\par}}{\\shprslt In the box}}';
    const result = tree(`a${picture}{\\pict\\bin4 {{{{}${object}${box}b\\par c\\par`);
    expect(toMarkdown(result, 'd0').markdown).toBe('aA pierb\n\nIn the box\n\nc\n');
    expect(result.safety).toEqual([{ code: 'EMBEDDED_FILE', text: '1 embedded file not read.' }]);
  });

  test('The file’s own title, author and subject are metadata, in Unicode where it is given twice', () => {
    const info = '{\\info{\\upr{\\title Za?}{\\*\\ud{\\title Za\\u380 ?}}}{\\author A. Clerk}{\\creatim\\yr2020}}';
    const { title, metadata } = tree('x\\par', info);
    expect([title, metadata]).toEqual(['Zaż', { title: 'Zaż', author: 'A. Clerk' }]);
  });

  test('Destinations that are marked as optional and not known are left out, others are text', () => {
    expect(write('a{\\*\\whatever b}{\\unknown c}{\\comment}\\par')).toBe('ac\n');
  });
});

describe('damage', () => {
  test('A file that is cut short is damaged; one brace missing at the end is not', () => {
    expect(reasonOf(() => read('{\\rtf1 {\\b text'))).toBe('FILE_DAMAGED');
    expect(toMarkdown(read('{\\rtf1 text'), 'd0').markdown).toBe('text\n');
  });

  test('Groups nested without end are refused, and what follows the document is not read', () => {
    expect(reasonOf(() => read(`{\\rtf1 ${'{'.repeat(2000)}${'}'.repeat(2000)}}`))).toBe('FILE_DAMAGED');
    expect(toMarkdown(read('{\\rtf1 text}}}more'), 'd0').markdown).toBe('text\n');
  });
});
