import { describe, expect, test } from '@jest/globals';
import { takeFootnotes } from '../../../../functions/src/convert/pdf/footnotes.ts';
import { joinFlows } from '../../../../functions/src/convert/pdf/join-flows.ts';
import { collectVocabulary } from '../../../../functions/src/convert/pdf/join-lines.ts';
import { layoutPages } from '../../../../functions/src/convert/pdf/layout-page.ts';
import type { Segment } from '../../../../functions/src/convert/pdf/page-model.ts';
import { toMdast } from '../../../../functions/src/convert/pdf/to-mdast.ts';
import { pageOf, segmentOf } from '../../../support/page-pieces.ts';

const REST = 'and more of the text up to the end of a full line, and on and on it goes to the edge';
const raised = (word: string, number: string, y: number): Segment[] => {
  const left = segmentOf(word, 72, y);
  return [left, segmentOf(number, left.x1, y - 3, { size: 6 })];
};
const page = (pageNumber: number, word: string, number: string, notes: string[]): ReturnType<typeof pageOf> =>
  pageOf(pageNumber, [
    ...raised(word, number, 100),
    segmentOf(REST, 72, 112),
    segmentOf('and ends.', 72, 124),
    ...notes.map((note, index) => segmentOf(note, 72, 700 + 10 * index, { size: 7 })),
  ]);

type Node = { type: string; value?: string; label?: string | null; children?: Node[] };
const written = (node: Node): string => {
  if (node.type === 'footnoteReference') return `[^${node.label}]`;
  const inner = node.value ?? (node.children ?? []).map(written).join(node.type === 'root' ? ' / ' : '');
  return node.type === 'footnoteDefinition' ? `[^${node.label}]: ${inner}` : inner;
};
const markdownOf = (...pages: ReturnType<typeof pageOf>[]): string => {
  const { flows, notes } = takeFootnotes(layoutPages(pages));
  return written(toMdast([...joinFlows(flows).blocks, ...notes], collectVocabulary([])) as Node);
};

describe('numbers raised behind words', () => {
  test('One whose note stands at the foot of its page refers to it, and the note is without its number', () => {
    const text = markdownOf(page(1, 'Light the lamps', '1', ['1 As the list in the tower says.']));
    expect(text).toMatch(/^Light the lamps\[\^1\] and more/);
    expect(text).toMatch(/ \/ \[\^1\]: As the list in the tower says\.$/);
    const dotted = markdownOf(page(1, 'Light the lamps', '1', ['1. As the list in the tower says.']));
    expect(dotted).toMatch(/ \/ \[\^1\]: As the list in the tower says\.$/);
  });

  test('One without a note on its page stays a number, and a note that nothing refers to stays text', () => {
    const text = markdownOf(page(1, 'Light the lamps', '2', ['1 As the list in the tower says.']));
    expect(text).toMatch(/^Light the lamps 2 and more/);
    expect(text).toMatch(/ \/ 1 As the list in the tower says\.$/);
  });

  test('A unit is no reference, whatever notes there are', () => {
    expect(markdownOf(page(1, 'Oil for 30 m', '2', ['2 As the list in the tower says.']))).toMatch(
      /^Oil for 30 m2 and/,
    );
  });

  test('Numbers that begin anew on each page are told apart', () => {
    const text = markdownOf(
      page(1, 'Light the lamps', '1', ['1 As the list in the tower says.']),
      page(2, 'Trim the wicks', '1', ['1 With the small scissors.']),
    );
    expect(text).toContain('lamps[^1-1]');
    expect(text).toContain('wicks[^2-1]');
    expect(text).toContain('[^2-1]: With the small scissors.');
  });

  test('Two notes of one number on a page are both left as they are', () => {
    const text = markdownOf(page(1, 'Light the lamps', '1', ['1 As the list says.', '1 As the keeper says.']));
    expect(text).not.toContain('[^');
    expect(text).toContain('lamps 1 and more');
  });
});
