import { describe, expect, test } from '@jest/globals';
import { cell, paragraph, run } from './build-docx.ts';
import { write } from './read-docx.ts';

const style = (id: string, name: string) =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`;

describe('fields over several paragraphs', () => {
  const mark = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  const code = (text: string) => `<w:r><w:instrText>${text}</w:instrText></w:r>`;

  test('A table of contents is a list, nested as its entries are', () => {
    const styles = style('T1', 'toc 1') + style('T2', 'toc 2');
    const toc = (content: string, id: string) => paragraph(content, `<w:pStyle w:val="${id}"/>`);
    const body =
      toc(mark('begin') + code('TOC \\o') + mark('separate') + run('Scope 3'), 'T1') +
      toc(run('Parts 4'), 'T2') +
      toc(run('Terms 5') + mark('end'), 'T1') +
      paragraph('Text');
    expect(write({ body, styles })).toBe('- Scope 3\n  - Parts 4\n- Terms 5\n\nText\n');
  });

  test('A field that never ends does not swallow what follows', () => {
    const body = paragraph(run('before') + mark('begin') + code('PAGE')) + paragraph('after');
    expect(write({ body })).toBe('before\n\nafter\n');
  });
});

describe('unknown elements', () => {
  test('What a wrapper that nobody knows holds is not lost: paragraphs, runs, rows and cells', () => {
    const wrap = (inner: string) => `<x:anything xmlns:x="urn:x">${inner}</x:anything>`;
    expect(write({ body: wrap(paragraph('In a wrapper.')) + paragraph(wrap(run('In a line.'))) })).toBe(
      'In a wrapper.\n\nIn a line.\n',
    );
    const table = `<w:tbl><w:tr>${cell('a')}${cell('b')}</w:tr>${wrap(`<w:tr>${cell('c')}${wrap(cell('d'))}</w:tr>`)}</w:tbl>`;
    expect(write({ body: table })).toContain('| c | d |');
  });

  test('Deleted and moved paragraphs stay left out', () => {
    expect(write({ body: `<w:del>${paragraph('gone')}</w:del>${paragraph('kept')}` })).toBe('kept\n');
  });
});
