import { describe, expect, test } from '@jest/globals';
import { indelSimilarity } from '../../../bench/metrics/indel-similarity.ts';
import { scoreDocument } from '../../../bench/metrics/score-document.ts';
import { treeDistance } from '../../../bench/metrics/tree-distance.ts';

const leaf = (label: string, text = '') => ({ label, text, children: [] });

test('Indel similarity is twice the longest common subsequence over both lengths', () => {
  // "abde" is common to both: 2 * 4 / (5 + 5)
  expect(indelSimilarity('abcde', 'abXde')).toBeCloseTo(0.8, 12);
  expect(indelSimilarity('', '')).toBe(1);
  expect(indelSimilarity('abc', '')).toBe(0);
  expect(indelSimilarity('\u{1f600}a', 'a')).toBeCloseTo(2 / 3, 12);
});

test('Indel similarity counts common letters over word boundaries of its bit masks as well', () => {
  const half = 'ab'.repeat(500);
  // All of the shorter text is left: 2 * 1000 / (1000 + 1200)
  expect(indelSimilarity(half, `${'c'.repeat(100)}${half}${'c'.repeat(100)}`)).toBeCloseTo(2000 / 2200, 12);
  expect(indelSimilarity('x'.repeat(100), 'y'.repeat(100))).toBe(0);
});

test('The distance of two trees is the cheapest way of deleting, inserting and renaming nodes', () => {
  const left = {
    label: 'f',
    text: '',
    children: [
      { label: 'd', text: '', children: [leaf('a'), { label: 'c', text: '', children: [leaf('b')] }] },
      leaf('e'),
    ],
  };
  const right = {
    label: 'f',
    text: '',
    children: [
      { label: 'c', text: '', children: [{ label: 'd', text: '', children: [leaf('a'), leaf('b')] }] },
      leaf('e'),
    ],
  };
  // The example of Zhang and Shasha's paper: c moves, by one deletion and one insertion.
  expect(treeDistance(left, right)).toBe(2);
});

test('Nodes of one label are as far apart as their texts, over the longer one', () => {
  expect(treeDistance(leaf('td', 'kitten'), leaf('td', 'sitting'))).toBeCloseTo(3 / 7, 12);
  expect(treeDistance(leaf('td', 'kitten'), leaf('td', 'sitting'), false)).toBe(0);
  expect(treeDistance(leaf('td', 'a'), leaf('th', 'a'))).toBe(1);
});

describe('A document', () => {
  const TRUTH =
    '# Scope\n\nThe text.\n\n## Price\n\n| Item | Cost |\n| --- | --- |\n| A | 10 |\n\n- one\n- two\n- three\n';

  test('scores 1 in all it has when it is repeated, however it spells Markdown', () => {
    const same =
      'Scope\n=====\n\n**The text.**\n\nPrice\n-----\n\n<table><tr><th>Item</th><th>Cost</th></tr><tr><td>A</td><td>10</td></tr></table>\n\n* one\n* two\n* three\n';
    expect(scoreDocument(TRUTH, same)).toEqual({
      ...{ overall: 1, nid: 1, nidText: 1, teds: 1, tedsStructure: 1, mhs: 1, mhsStructure: 1 },
      ...{ headingF1: 1, headingLevel: 1, listF1: 1, leaksPerPage: null },
    });
  });

  test('scores 0 in all it has when nothing was made of it', () => {
    expect(scoreDocument(TRUTH, '')).toEqual({
      ...{ overall: 0, nid: 0, nidText: 0, teds: 0, tedsStructure: 0, mhs: 0, mhsStructure: 0 },
      ...{ headingF1: 0, headingLevel: 0, listF1: 0, leaksPerPage: null },
    });
  });

  test('loses a twelfth of TEDS by half a cell of a table of six elements', () => {
    const truth = '| a | b |\n| --- | --- |\n| cc | d |\n';
    // table, 2 tr, 4 td: the cell is half wrong, and 7 elements are there
    const { teds, tedsStructure } = scoreDocument(truth, truth.replace('cc', 'cx'));
    expect(teds).toBeCloseTo(1 - 0.5 / 7, 12);
    expect(tedsStructure).toBe(1);
  });

  test('loses headings, not text, when they are left out', () => {
    const score = scoreDocument('# A\n\nx\n\n## B\n\ny\n', '# A\n\nx\n\nB\n\ny\n');
    // document, 2 headings, 2 contents; the prediction has one of each: B and y go into the content "x B y".
    // One heading and one content are inserted, and "x" is "x B y" but for 4 of 5 letters.
    expect(score.mhs).toBeCloseTo(1 - 2.8 / 5, 12);
    expect(score.mhsStructure).toBeCloseTo(1 - 2 / 5, 12);
    expect(score.headingF1).toBeCloseTo(2 / 3, 12);
    expect(score.headingLevel).toBe(1);
  });

  test('has the right heading levels when all are off by the same', () => {
    const truth = '# A\n\n## B\n\n## C\n';
    expect(scoreDocument(truth, '## A\n\n### B\n\n### C\n').headingLevel).toBe(1);
    expect(scoreDocument(truth, '# A\n\n## B\n\n# C\n').headingLevel).toBeCloseTo(2 / 3, 12);
  });

  test('is told what its list items are by kind, depth and text', () => {
    const truth = '- one\n  - two\n- three\n\n1. four\n';
    expect(scoreDocument(truth, '- one\n- two\n- three\n\n- four\n').listF1).toBeCloseTo(4 / 8, 12);
    expect(scoreDocument('- one\n- two\n', '').listF1).toBeNull();
  });

  test('is charged per page for running heads left in it', () => {
    const document = { pages: 4, furniture: ['Page \\d+', 'Draft'] };
    expect(scoreDocument('Text.', 'Page 1\n\nText. Draft\n\nPage 2\n', document).leaksPerPage).toBe(3 / 4);
    expect(scoreDocument('Text.', '', document).leaksPerPage).toBe(0);
  });
});
