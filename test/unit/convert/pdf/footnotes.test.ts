import { describe, expect, test } from '@jest/globals';
import { takeFootnotes } from '../../../../functions/src/convert/pdf/footnotes.ts';
import { layoutPages } from '../../../../functions/src/convert/pdf/layout-page.ts';
import { pageOf, segmentOf } from '../../../support/page-pieces.ts';

describe('takeFootnotes', () => {
  test('Small numbered print at the foot of a page is parted from the text above it', () => {
    const body = [100, 112, 124].map((y) => segmentOf('A line of the text that is longer than any note', 72, y));
    const note = segmentOf('1 A note in small print', 72, 700, { size: 8 });
    const { flows, notes } = takeFootnotes(layoutPages([pageOf(1, [...body, note])]));
    expect(notes.map(({ lines }) => lines[0]?.text)).toEqual(['1 A note in small print']);
    expect(flows.flat()).toHaveLength(1);
  });

  test('A note whose number has a full stop is one too', () => {
    const body = [100, 112, 124].map((y) => segmentOf('A line of the text that is longer than any note', 72, y));
    const note = segmentOf('1. A note in small print', 72, 700, { size: 8 });
    expect(takeFootnotes(layoutPages([pageOf(1, [...body, note])])).notes).toHaveLength(1);
  });

  test('Print of the size of the text is a note where its number is raised in the text of its page, and only there', () => {
    const raised = { ...segmentOf('A line that a note explains. 1', 72, 100), noteMarks: [{ at: 29, length: 1 }] };
    const pages = [1, 2].map((n) =>
      pageOf(n, [n === 1 ? raised : segmentOf('A line of text.', 72, 100), segmentOf('1 A note as large', 72, 700)]),
    );
    expect(takeFootnotes(layoutPages(pages)).notes.map(({ pageNumber }) => pageNumber)).toEqual([1]);
  });

  test('Numbered print of the size of the text stays where it is', () => {
    const body = [100, 112, 124, 700].map((y) => segmentOf('1 A line of the text', 72, y));
    expect(takeFootnotes(layoutPages([pageOf(1, body)])).notes).toEqual([]);
  });
});
