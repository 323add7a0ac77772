import { describe, expect, test } from '@jest/globals';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { fromXlsx } from '../../../../functions/src/convert/xlsx/index.ts';
import { buildXlsx, styled } from './build-xlsx.ts';

const limits = { pdfBytes: 1e9, officeBytes: 1e9, textBytes: 1e9, otherBytes: 1e9, unpackedBytes: 1e8 };
type Parts = Parameters<typeof buildXlsx>[0];
type Sheet = Parts['sheets'][number];
const read = (parts: Parts) => fromXlsx({ bytes: buildXlsx(parts), fileName: 'a.xlsx' }, limits);
const write = (parts: Parts) => toMarkdown(read(parts), 'd0').markdown;
/** One sheet without the heading of its name. */
const writeSheet = (sheet: Sheet, more: Omit<Parts, 'sheets'> = {}) =>
  write({ sheets: [sheet], ...more }).replace(/^## S1\n\n/, '');
const HEAD = ['Item', 'Unit', 'Price'];

describe('sheets', () => {
  test('Each sheet with text is a heading with its name, in the order of the tabs', () => {
    const sheets = [
      { name: 'Prices', rows: [HEAD, ['A', 'each', 5]] },
      { name: 'Empty' },
      { name: 'Terms', rows: [['Net 30']] },
    ];
    expect(write({ sheets })).toBe(
      '## Prices\n\n| Item | Unit | Price |\n| --- | --- | --- |\n| A | each | 5 |\n\n## Terms\n\nNet 30\n',
    );
  });

  test('What is hidden is left out, and how much of it there is, is said', () => {
    const tree = read({
      sheets: [
        {
          rows: [HEAD, ['A', 'each', 5], ['secret', 'secret', 6], ['B', 'each', 7]],
          rowAttributes: { 3: 'hidden="1"' },
          before: '<cols><col min="2" max="2" hidden="true"/><col min="9" max="12" hidden="1"/></cols>',
        },
        { name: 'Notes', state: 'veryHidden', rows: [['secret']] },
      ],
    });
    expect(toMarkdown(tree, 'd0').markdown).toBe('## S1\n\n| Item | Price |\n| --- | --- |\n| A | 5 |\n| B | 7 |\n');
    expect(tree.safety.map(({ reason, characters, excerpt }) => [reason, characters, excerpt])).toEqual([
      ['hidden', 31, 'Unit each secret secret 6 each secret'],
    ]);
    expect(tree.messages.map(({ text }) => text)).toEqual([
      '1 hidden sheet, 1 hidden row, 1 hidden column of the workbook left out.',
    ]);
  });

  test('A value that its own format does not show, and text below a merged cell, count as hidden', () => {
    const tree = read({
      sheets: [
        {
          rows: [['Title', 'below'], HEAD, ['A', styled(7, 1), 1]],
          after: '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>',
        },
      ],
      styles:
        '<numFmts><numFmt numFmtId="170" formatCode=";;;"/></numFmts><cellXfs><xf/><xf numFmtId="170"/></cellXfs>',
    });
    const { markdown } = toMarkdown(tree, 'd0');
    expect(markdown).toContain('| A |  | 1 |');
    expect(markdown).not.toContain('below');
    expect(tree.messages[0]?.text).toContain('2 hidden cells');
    expect(tree.safety[0]?.excerpt).toBe('7 below');
  });

  test('Cells in white on white, or under 1 pt, are left out and told; on a ground of their own they are seen', () => {
    const styles =
      '<fonts><font/><font><color rgb="FFFFFFFF"/></font><font><sz val="1"/></font></fonts>' +
      '<fills><fill/><fill/><fill><patternFill patternType="solid"><fgColor rgb="FF003366"/></patternFill></fill></fills>' +
      '<cellXfs><xf/><xf fontId="1"/><xf fontId="2"/><xf fontId="1" fillId="2"/></cellXfs>';
    const rows = [
      [styled('Item', 3), styled('Price', 3)],
      ['A', 5],
      [styled('pale', 1), styled('speck', 2)],
    ];
    const tree = read({ sheets: [{ rows }], styles });
    expect(toMarkdown(tree, 'd0').markdown).toBe('## S1\n\n| Item | Price |\n| --- | --- |\n| A | 5 |\n');
    expect(tree.safety.map(({ reason, excerpt }) => [reason, excerpt])).toEqual([
      ['same_colour', 'pale'],
      ['tiny', 'speck'],
    ]);
    const after = '<conditionalFormatting/>';
    expect(toMarkdown(read({ sheets: [{ rows, after }], styles }), 'd0').markdown).toContain('| pale |  |');
  });

  test('A row set off as wide as the table is its header, though only its first cell has text', () => {
    const styles = '<fonts><font/><font><b/></font></fonts><cellXfs><xf/><xf fontId="1"/></cellXfs>';
    const blank = { xml: 's="1">' };
    const body = [
      ['a', 'b'],
      ['c', 'd'],
    ];
    const write = (rows: Parameters<typeof buildXlsx>[0]['sheets'][number]['rows']) =>
      toMarkdown(read({ sheets: [{ rows: rows ?? [] }], styles }), 'd0').markdown;
    expect(write([[styled('Dates', 1), blank], ...body])).toBe(
      '## S1\n\n| Dates |  |\n| --- | --- |\n| a | b |\n| c | d |\n',
    );
    expect(write([[styled('Dates', 1)], ...body])).toContain('Dates\n\n|  |  |');
    expect(write([[styled('Dates', 1), blank], [styled('A', 1), styled('B', 1)], ...body])).toContain(
      'Dates\n\n| A | B |',
    );
    expect(write([[styled('A', 1), styled('B', 1)], [], ...body])).toContain('| A | B |\n| --- | --- |\n| a | b |');
  });

  test('Text boxes follow the cells, charts and comments are reported', () => {
    const drawing =
      '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><xdr:txBody><a:p><a:r><a:t>Fill in </a:t></a:r><a:r><a:t>all cells.</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:graphicFrame/></xdr:wsDr>';
    const tree = read({
      sheets: [{ rows: [['x']], relationships: '<Relationship Id="d" Type="t/drawing" Target="../drawings/d.xml"/>' }],
      more: {
        'xl/drawings/d.xml': drawing,
        'xl/comments1.xml': '<comments><commentList><comment/><comment/></commentList></comments>',
      },
    });
    expect(toMarkdown(tree, 'd0').markdown).toBe('## S1\n\nx\n\nFill in all cells.\n');
    expect(tree.messages.map(({ code, level }) => [code, level])).toEqual([
      ['DRAWINGS_LEFT_OUT', 'warning'],
      ['COMMENTS_LEFT_OUT', 'info'],
    ]);
  });

  test('Page headers and footers are running lines, once, without page numbers and codes', () => {
    const after =
      '<headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12RFP 7&amp;RPage &amp;P of &amp;N</oddHeader><oddFooter>&amp;CR&amp;&amp;D only</oddFooter></headerFooter>';
    const tree = read({
      sheets: [
        { rows: [['x']], after },
        { rows: [['y']], after },
      ],
    });
    expect(tree.runningLines).toEqual([
      { text: 'RFP 7', position: 'head' },
      { text: 'Page of', position: 'head' },
      { text: 'R&D only', position: 'foot' },
    ]);
  });

  test('Macros and workbooks linked to are reported', () => {
    const tree = read({
      sheets: [{ rows: [['x']] }],
      more: {
        'xl/vbaProject.bin': 'x',
        'xl/externalLinks/_rels/externalLink1.xml.rels':
          '<Relationships><Relationship Id="a" Type="t/externalLinkPath" Target="rates.xlsx" TargetMode="External"/></Relationships>',
      },
    });
    expect(tree.safety.map(({ code }) => code)).toEqual(['MACROS', 'EXTERNAL_RESOURCE']);
  });

  test('A file without a workbook or with broken XML is damaged, not a crash', () => {
    const broken = buildXlsx({ sheets: [{ sheetData: '<row><c>' }] });
    expect(() => fromXlsx({ bytes: broken, fileName: 'a.xlsx' }, limits)).toThrow(
      expect.objectContaining({ reason: 'FILE_DAMAGED' }),
    );
  });
});

describe('cells', () => {
  test('Shared, rich and inline strings, truth values, errors and results of formulas are read', () => {
    const sharedStrings =
      '<si><t>plain</t></si><si><r><t>ri</t></r><r><rPr><b/></rPr><t>ch_x0041_</t></r><rPh><t>no</t></rPh></si>';
    const row = [
      { xml: 't="s"><v>0</v>' },
      { xml: 't="s"><v>1</v>' },
      { xml: 't="b"><v>1</v>' },
      { xml: 't="e"><v>#N/A</v>' },
      { xml: '><f>2*3</f><v>6</v>' },
      { xml: 't="str"><f>A1</f><v>text</v>' },
    ];
    expect(writeSheet({ rows: [row] }, { sharedStrings })).toContain('| plain | richA | TRUE | #N/A | 6 | text |');
  });

  test('A formula without a saved result is empty, and reported', () => {
    const tree = read({ sheets: [{ rows: [[{ xml: '><f>1+1</f>' }, 'x']] }] });
    expect(tree.messages).toEqual([expect.objectContaining({ code: 'FORMULAS_WITHOUT_VALUE', level: 'warning' })]);
  });

  test('Lines of a cell, and its link to outside, are kept', () => {
    const sheet = {
      rows: [HEAD, ['one\ntwo', 'portal', 1]],
      after: '<hyperlinks><hyperlink ref="B2" r:id="l"/></hyperlinks>',
      relationships: '<Relationship Id="l" Type="t/hyperlink" Target="http://a.example/" TargetMode="External"/>',
    };
    expect(writeSheet(sheet)).toContain('<td>one<br>two</td><td><a href="http://a.example/">portal</a></td>');
  });

  test('Merged cells span what they cover, without rows and columns that hold nothing', () => {
    const sheet = {
      rows: [
        ['Item', 'Price', undefined],
        ['', 'Base', 'Option'],
        ['A', 1, 2],
        [undefined, 3, 4],
      ],
      after:
        '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/><mergeCell ref="A3:A4"/><mergeCell ref="E1:XFD9"/></mergeCells>',
    };
    expect(writeSheet(sheet)).toBe(
      [
        '<table>',
        '<tr><td rowspan="2">Item</td><td colspan="2">Price</td></tr>',
        '<tr><td>Base</td><td>Option</td></tr>',
        '<tr><td rowspan="2">A</td><td>1</td><td>2</td></tr>',
        '<tr><td>3</td><td>4</td></tr>',
        '</table>\n',
      ].join('\n'),
    );
  });

  test('Cells and rows without an address follow the one before', () => {
    const sheetData = '<row><c><v>1</v></c><c><v>2</v></c></row><row><c r="B2"><v>3</v></c><c><v>4</v></c></row>';
    expect(writeSheet({ sheetData })).toContain('| 1 | 2 |  |\n|  | 3 | 4 |');
  });

  test('A prefix for the usual namespace is understood', () => {
    const main = 'http://purl.oclc.org/ooxml/spreadsheetml/main';
    const more = {
      'xl/worksheets/sheet1.xml': `<x:worksheet xmlns:x="${main}"><x:sheetData><x:row><x:c><x:v>42</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
    };
    expect(writeSheet({}, { more })).toBe('42\n');
  });

  test('The 1904 calendar of a workbook is used for its dates', () => {
    const styles = '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>';
    const sheets = [{ rows: [[styled(0, 1)]] }];
    expect(write({ sheets, styles, workbookPr: '<workbookPr date1904="1"/>' })).toContain('1/1/1904');
  });
});
