import { describe, expect, test } from '@jest/globals';
import { cell, paragraph, run, tableOf } from './build-docx.ts';
import { read, write } from './read-docx.ts';

const WHITE = '<w:color w:val="FFFFFF"/>';
const NAVY = '<w:shd w:val="clear" w:fill="1F3864"/>';

describe('text that the eye does not see', () => {
  test('is kept out of the Markdown, and told with its reason, length and words', () => {
    const body = paragraph(
      run('seen ') +
        run('secret', '<w:vanish/>') +
        run('pale', WHITE) +
        run('speck', '<w:sz w:val="2"/>') +
        run('too', '<w:sz w:val="3"/>'),
    );
    expect(write({ body })).toBe('seen too\n');
    expect(read({ body }).safety.map(({ reason, characters, excerpt }) => [reason, characters, excerpt])).toEqual([
      ['hidden', 6, 'secret'],
      ['same_colour', 4, 'pale'],
      ['tiny', 5, 'speck'],
    ]);
  });

  test('is also known by the style of the run, of the paragraph, and what they are based on', () => {
    const style = (type: string, id: string, inner: string) =>
      `<w:style w:type="${type}" w:styleId="${id}"><w:name w:val="${id}"/>${inner}</w:style>`;
    const styles =
      style('paragraph', 'Base', '<w:rPr><w:vanish/></w:rPr>') +
      style('paragraph', 'Derived', '<w:basedOn w:val="Base"/>') +
      style('character', 'Gone', '<w:rPr><w:vanish/></w:rPr>');
    const body =
      paragraph(run('one') + run('two', '<w:vanish w:val="0"/>'), '<w:pStyle w:val="Derived"/>') +
      paragraph(run('three', '<w:rStyle w:val="Gone"/>') + run('four'));
    expect(write({ body, styles })).toBe('two\n\nfour\n');
  });

  test('takes no number in a list', () => {
    const item = (text: string, properties: string, mark: string) =>
      `<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr>${mark}</w:rPr></w:pPr>${run(text, properties)}</w:p>`;
    const numbering =
      '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>' +
      '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>';
    const body = item('a', '', '') + item('b', '<w:vanish/>', '<w:vanish/>') + item('c', '', '');
    expect(write({ body, numbering })).toBe('1. a\n2. c\n');
  });
});

describe('white text is seen', () => {
  test('on a run, a paragraph or a cell with a ground of its own, or highlighted', () => {
    const body =
      paragraph(run('run', WHITE + NAVY)) +
      paragraph(run('paragraph', WHITE), NAVY) +
      paragraph(run('marker', `${WHITE}<w:highlight w:val="blue"/>`)) +
      tableOf([[cell(paragraph(run('cell', WHITE)), NAVY), cell('b')]]);
    expect(write({ body })).toBe('run\n\nparagraph\n\nmarker\n\n|  |  |\n| --- | --- |\n| cell | b |\n');
  });

  test('where the ground is not known: in text boxes, in tables of a shaded style, over pictures, on coloured pages', () => {
    const styles = `<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/><w:tblStylePr w:type="firstRow"><w:tcPr>${NAVY}</w:tcPr></w:tblStylePr></w:style>`;
    const box = `<w:r><w:drawing><w:txbxContent>${paragraph(run('box', WHITE))}</w:txbxContent></w:drawing></w:r>`;
    const table = tableOf([[cell(paragraph(run('head', WHITE))), cell('b')]], '<w:tblStyle w:val="Grid"/>');
    expect(write({ body: paragraph(box) + table, styles })).toBe('box\n\n|  |  |\n| --- | --- |\n| head | b |\n');
    const backdrop = `<w:r><w:drawing><wp:anchor behindDoc="1"/></w:drawing></w:r>`;
    expect(write({ body: paragraph(backdrop) + paragraph(run('cover', WHITE)) })).toBe('cover\n');
    const settings =
      '<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:displayBackgroundShape/></w:settings>';
    const more = { 'word/settings.xml': settings };
    expect(write({ body: paragraph(run('page', WHITE)), more })).toBe('page\n');
  });
});
