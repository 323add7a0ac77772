import { describe, expect, test } from '@jest/globals';
import { fromOdt } from '../../../../functions/src/convert/odf/from-odt.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { buildOdf, heading, list, paragraph, style } from './build-odf.ts';

const limits = { pdfBytes: 1e9, officeBytes: 1e9, textBytes: 1e9, otherBytes: 1e9, unpackedBytes: 1e8 };
type Parts = Omit<Parameters<typeof buildOdf>[0], 'kind' | 'body'>;
const write = (body: string, parts: Parts = {}) =>
  toMarkdown(fromOdt({ bytes: buildOdf({ kind: 'text', body, ...parts }), fileName: 'a.odt' }, limits), 'd0').markdown;
const number = (level: number, attributes: string) =>
  `<text:list-level-style-number text:level="${level}" ${attributes}/>`;
const bullet = (level: number, sign: string) =>
  `<text:list-level-style-bullet text:level="${level}" text:bullet-char="${sign}"/>`;
const listStyle = (name: string, levels: string) => `<text:list-style style:name="${name}">${levels}</text:list-style>`;

describe('lists', () => {
  const automatic = listStyle(
    'L1',
    number(1, 'style:num-format="1" style:num-suffix="."') +
      number(2, 'style:num-format="a" style:num-prefix="(" style:num-suffix=")"') +
      number(3, 'style:num-format="1" text:display-levels="3"'),
  );
  const L1 = 'text:style-name="L1"';

  test('Numbers are counted out as they are shown, with what stands around them', () => {
    const inner = list([paragraph('x'), paragraph('y')]);
    const body = list([paragraph('a') + inner, paragraph('b')], L1);
    expect(write(body, { automatic })).toBe('1. a\n   - (a) x\n   - (b) y\n2. b\n');
  });

  test('A number of several levels names a clause, which is a paragraph', () => {
    const deep = list([list([paragraph('clause')])]);
    const style = listStyle(
      'L1',
      number(1, 'style:num-format="1"') +
        number(2, 'style:num-format="1"') +
        number(3, 'style:num-format="1" style:num-list-format="%1%.%2%.%3%"'),
    );
    const body = list([paragraph('a') + deep], L1);
    expect(write(body, { automatic: style })).toContain('1.1.1 clause');
  });

  test('A list begins anew unless it says that it goes on', () => {
    const first = `${list([paragraph('a')], `${L1} xml:id="one"`)}${paragraph('text')}`;
    expect(write(first + list([paragraph('b')], L1), { automatic })).toBe('1. a\n\ntext\n\n1. b\n');
    const continued = list([paragraph('b')], `${L1} text:continue-numbering="true"`);
    expect(write(first + continued, { automatic })).toBe('1. a\n\ntext\n\n2. b\n');
    const named = list([paragraph('c')], `${L1} text:continue-list="one"`);
    expect(write(`${first}${list([paragraph('b')], L1)}${paragraph('-')}${named}`, { automatic })).toContain('2. c');
  });

  test('A further paragraph of an item belongs to it, and a header of a list has no number', () => {
    const body = `<text:list ${L1}><text:list-item>${paragraph('a')}${paragraph('more')}</text:list-item><text:list-item text:start-value="5">${paragraph('b')}</text:list-item></text:list>`;
    expect(write(body, { automatic })).toBe('1. a\n\n   more\n5. b\n');
    expect(
      write(`<text:list ${L1}><text:list-header>${paragraph('a')}</text:list-header></text:list>`, { automatic }),
    ).toBe('a\n');
  });

  test('Bullets are bullets, by the style of the list', () => {
    const style = listStyle('B', bullet(1, '•') + bullet(2, '–'));
    const body = list([paragraph('a') + list([paragraph('b')])], 'text:style-name="B"');
    expect(write(body, { automatic: style })).toBe('- a\n  - b\n');
  });

  test('A level that a style says nothing of is numbered like the one above it', () => {
    const style = listStyle('L2', number(1, 'style:num-format="i" style:num-suffix=")"'));
    const inner = list([paragraph('x'), paragraph('y')], 'text:style-name="L2"');
    const body = list([paragraph('a') + inner], L1);
    expect(write(body, { automatic: automatic + style })).toBe('1. a\n   - i) x\n   - ii) y\n');
  });

  test('A heading in a list has the number of the list, another that of the outline', () => {
    const outline =
      '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="I" style:num-prefix="Article " style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>';
    const body =
      heading('Scope', 1) +
      heading('Plain', 2) +
      heading('Terms', 1) +
      heading('Annex', 1, 'text:is-list-header="true"') +
      list([heading('Listed', 2)], L1);
    expect(write(body, { common: outline, automatic })).toBe(
      '# Article I. Scope\n\n## Plain\n\n# Article II. Terms\n\n# Annex\n\n## 1. Listed\n',
    );
  });

  test('A table of contents is a list', () => {
    const common = style('Contents_20_1', 'paragraph', '') + style('Contents_20_2', 'paragraph', '');
    const body = `<text:table-of-content><text:table-of-content-source><text:index-title-template>no</text:index-title-template></text:table-of-content-source><text:index-body>${paragraph('A 1', 'Contents_20_1')}${paragraph('B 2', 'Contents_20_2')}</text:index-body></text:table-of-content>`;
    expect(write(body, { common })).toBe('- A 1\n  - B 2\n');
  });
});
