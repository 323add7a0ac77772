import { describe, expect, it } from '@jest/globals';
import { marksOf, textOf, treeOf } from './tree-of.ts';

const rangeOf = (markdown: string, text: string) => {
  const from = markdown.indexOf(text);
  return { from, to: from + text.length };
};

describe('the mark of a range', () => {
  it('cuts a text so that exactly the range is marked, and loses none of the rest', () => {
    const markdown = '# Scope\n\nThe Contractor shall deliver the report monthly.\n';
    const tree = treeOf(markdown, { range: rangeOf(markdown, 'shall deliver the report') });
    expect(marksOf(tree)).toEqual(['shall deliver the report']);
    expect(textOf(tree)).toBe('ScopeThe Contractor shall deliver the report monthly.');
  });

  it('goes on through emphasis, with a mark in each text', () => {
    const markdown = 'The offeror **shall not** exceed ten pages.';
    const tree = treeOf(markdown, { range: rangeOf(markdown, 'offeror **shall not** exceed') });
    expect(marksOf(tree)).toEqual(['offeror ', 'shall not', ' exceed']);
  });

  it('finds its characters behind escapes and entities, which are longer in the source', () => {
    const markdown = 'Use the form\\_a &amp; the form\\_b, R&D and &#x1F600; included.';
    const tree = treeOf(markdown, { range: rangeOf(markdown, 'the form\\_b, R&D and &#x1F600;') });
    expect(marksOf(tree)).toEqual(['the form_b, R&D and \u{1F600}']);
  });

  it('crosses the end of a line that is indented in the source', () => {
    const markdown = '- The offeror shall\n  submit one volume.\n';
    const tree = treeOf(markdown, { range: rangeOf(markdown, 'shall\n  submit') });
    expect(marksOf(tree)).toEqual(['shall\nsubmit']);
  });

  it('counts from the beginning of the document in a later segment', () => {
    const markdown = 'Before it.\n\nThe offeror shall sign.\n';
    const start = markdown.indexOf('The');
    const segment = { start, end: markdown.length, head: '' };
    expect(marksOf(treeOf(markdown, { range: rangeOf(markdown, 'shall sign'), segment }))).toEqual(['shall sign']);
  });

  it('marks rows of a table that goes on, and never the copy of its head', () => {
    const markdown = '| Volume | Limit |\n| --- | --- |\n| I | 10 |\n| II | 20 |\n';
    const start = markdown.indexOf('| II');
    const head = markdown.slice(0, markdown.indexOf('| I |'));
    const segment = { start, end: markdown.length, head };
    expect(marksOf(treeOf(markdown, { range: { from: 0, to: markdown.length }, segment }))).toEqual(['II', '20']);
  });

  it('marks a whole text when it is not known which part of it is meant', () => {
    const markdown = 'The code `CDRL-1` applies.';
    expect(marksOf(treeOf(markdown, { range: rangeOf(markdown, 'CDRL') }))).toEqual(['CDRL-1']);
  });

  it('leaves everything as it is when the range lies elsewhere', () => {
    expect(marksOf(treeOf('Nothing of it.', { range: { from: 500, to: 600 } }))).toEqual([]);
  });
});
