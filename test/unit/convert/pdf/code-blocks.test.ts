import { describe, expect, test } from '@jest/globals';
import type { RootContent } from 'mdast';
import { joinFlows } from '../../../../functions/src/convert/pdf/join-flows.ts';
import { collectVocabulary } from '../../../../functions/src/convert/pdf/join-lines.ts';
import { layoutPages } from '../../../../functions/src/convert/pdf/layout-page.ts';
import type { Segment } from '../../../../functions/src/convert/pdf/page-model.ts';
import { toMdast } from '../../../../functions/src/convert/pdf/to-mdast.ts';
import { pageOf, segmentOf } from '../../../support/page-pieces.ts';

const PROSE = 'a full line of text that runs all the way to the right edge of its column, word by word, on';
const prose = (from: number): Segment[] => [0, 12, 24, 36].map((down) => segmentOf(PROSE, 72, from + down));

/** Letters are five points wide: where a hole stands, the line falls into pieces as in a file. */
const mono = (line: string, baseline: number, left = 72): Segment[] =>
  [...line.matchAll(/\S+(?: \S+)*/g)].map(({ 0: text, index }) => ({
    ...segmentOf(text, left + 5 * index, baseline),
    mono: true,
  }));

const listing = (lines: string[], from: number): Segment[] =>
  lines.flatMap((line, index) => mono(line, from + 12 * index));

const nodes = (...pages: Segment[][]): RootContent[] =>
  toMdast(
    joinFlows(layoutPages(pages.map((segments, index) => pageOf(index + 1, segments)))).blocks,
    collectVocabulary([]),
  ).children;

const codeOf = (...pages: Segment[][]): string[] =>
  nodes(...pages).flatMap((node) => (node.type === 'code' ? [node.value] : []));

const LISTING = ['lamp {', '  name = "quay"', '  hours   = 12', '', '}'];

describe('code', () => {
  test('Monospaced lines amid other text keep their breaks, their indentation and their holes', () => {
    expect(codeOf([...prose(100), ...listing(LISTING, 170), ...prose(260)])).toEqual([LISTING.join('\n')]);
  });

  test('Options with what they do are one block in the order of their lines, and no table', () => {
    const options = ['Usage: lamp [OPTION]', '  -n, --night        trim at night', '  -h, --help         show this'];
    const found = nodes([...prose(100), ...listing(options, 170), ...prose(260)]);
    expect(found.map(({ type }) => type)).toEqual(['paragraph', 'code', 'paragraph']);
    expect(found[1]).toMatchObject({ value: options.join('\n') });
  });

  test('Code that a page break parts is one block', () => {
    const [above, below] = [LISTING.slice(0, 3), LISTING.slice(4)];
    expect(codeOf([...prose(100), ...listing(above, 170)], [...listing(below, 72), ...prose(120)])).toEqual([
      [...above, ...below].join('\n'),
    ]);
  });

  test('An indented line alone is code, a word amid a line of text is not', () => {
    const word = [segmentOf('Set', 72, 182), ...mono('hours=12', 182, 92), segmentOf('before night.', 140, 182)];
    expect(codeOf([...prose(100), ...mono('lamp --night', 158, 100), ...word, ...prose(220)])).toEqual([
      'lamp --night',
    ]);
  });

  test('Prose in a monospaced font stays text', () => {
    const letter = ['The keeper of the lamps shall trim', 'every wick before night, and shall', 'note the hour.'];
    expect(codeOf([...prose(100), ...listing(letter, 170), ...prose(260)])).toEqual([]);
  });

  test('A typewritten document has no code', () => {
    expect(codeOf(listing([...LISTING, 'lamp --night', 'oil = 4'], 100))).toEqual([]);
  });

  test('A typewritten page amid printed ones has no code', () => {
    const printed = [...prose(100), ...prose(160), ...prose(220)];
    expect(codeOf(printed, listing(LISTING, 100), printed)).toEqual([]);
  });
});
