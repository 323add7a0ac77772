import { describe, expect, test } from '@jest/globals';
import { paragraph, run } from './build-docx.ts';
import { write } from './read-docx.ts';

const mark = (type: string, inner = '') => `<w:r><w:fldChar w:fldCharType="${type}">${inner}</w:fldChar></w:r>`;
const field = (data: string, result = '') =>
  mark('begin', `<w:ffData>${data}</w:ffData>`) + mark('separate') + result + mark('end');

describe('forms', () => {
  test('Old form fields show what is filled in, ticked and chosen', () => {
    const list =
      '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Red"/><w:listEntry w:val="Blue"/><w:listEntry w:val="Green"/></w:ddList>';
    const body = paragraph(
      field('<w:textInput/>', run('typed')) +
        run(' ') +
        field('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>') +
        field('<w:checkBox><w:default w:val="0"/></w:checkBox>') +
        run(' ') +
        field(list),
    );
    expect(write({ body })).toBe('typed ☒☐ Blue\n');
  });

  test('Check box controls show their state whatever glyph stands for it, other controls what they hold', () => {
    const box = (state: number) =>
      `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="${state}"/></w14:checkbox></w:sdtPr><w:sdtContent>${run('Z')}</w:sdtContent></w:sdt>`;
    const placeholder = `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${run('Click here.')}</w:sdtContent></w:sdt>`;
    expect(write({ body: paragraph(`${box(1)}${run(' Yes ')}${box(0)}${run(' No ')}${placeholder}`) })).toBe(
      '☒ Yes ☐ No Click here.\n',
    );
  });

  test('A field inside the code of another one shows nothing of itself', () => {
    const code = (text: string) => `<w:r><w:instrText>${text}</w:instrText></w:r>`;
    const inner = mark('begin') + code('DOCPROPERTY x') + mark('separate') + run('inner') + mark('end');
    const body = paragraph(
      mark('begin') + code('IF ') + inner + code(' = 1') + mark('separate') + run('outer') + mark('end'),
    );
    expect(write({ body })).toBe('outer\n');
  });
});
