import { describe, expect, test } from '@jest/globals';
import { planRun } from '../../../functions/src/analyze/plan.ts';
import { previewFindings } from '../../../functions/src/analyze/preview-findings.ts';
import { analyzeWindow } from '../../../functions/src/analyze/window.ts';
import type { Document } from '../../../functions/src/contracts/document.ts';
import { FindingPreviewSchema, LONGEST_PREVIEW } from '../../../functions/src/contracts/run.ts';
import { buildDocument } from '../../support/build-document.ts';

const findingsIn = (document: Document) => {
  const { context, windows } = planRun([document], ['compliance-matrix']);
  const findings = windows.flatMap((window) => analyzeWindow(context, window, document).findings);
  return { context, findings };
};

const previewsOf = (document: Document) => {
  const { context, findings } = findingsIn(document);
  return previewFindings(context, document, findings);
};

describe('A preview', () => {
  test('says what was found, and where: block, place, page and number of the section', () => {
    const document = buildDocument(
      [
        { kind: 'heading', markdown: 'C.3 Floors', depth: 2, pageNumber: 2 },
        { kind: 'paragraph', markdown: 'The Contractor shall **sweep** each floor.', pageNumber: 2 },
      ],
      { pageBasis: 'pdf' },
    );
    const [preview] = previewsOf(document);
    expect(preview).toEqual({
      text: 'The Contractor shall sweep each floor.',
      obligation: 'mandatory',
      actor: 'contractor',
      kind: 'performance',
      needsReview: false,
      blockId: document.blocks[1]?.blockId,
      charStart: document.markdown.indexOf('The'),
      charEnd: document.markdown.length,
      pageNumber: 2,
      sectionRef: 'C.3',
    });
    expect(FindingPreviewSchema.strict().safeParse(preview).success).toBe(true);
  });

  test('claims no page where a document has none', () => {
    const [preview] = previewsOf(buildDocument(['The Contractor shall sweep.']));
    expect(Object.keys(preview ?? {})).not.toContain('pageNumber');
  });

  test('claims no place for a quote that is not in the text', () => {
    const document = buildDocument(['The Contractor shall sweep.']);
    const { context, findings } = findingsIn(document);
    const forged = findings.map((finding) => ({ ...finding, quote: 'The Contractor shall dust.' }));
    expect(previewFindings(context, document, forged)).toMatchObject([{ charStart: null, charEnd: null }]);
  });
});

test('Previews stand in the order of the document, whatever order they were found in.', () => {
  const document = buildDocument(
    ['one', 'two', 'three', 'four'].map((word) => `The Contractor shall sweep hall ${word}.`),
  );
  const { context, findings } = findingsIn(document);
  expect(findings).toHaveLength(4);
  const expected = previewFindings(context, document, findings);
  expect(previewFindings(context, document, [...findings].reverse())).toEqual(expected);
  expect(expected.map(({ text }) => text.split(' ').at(-1))).toEqual(['one.', 'two.', 'three.', 'four.']);
});

describe('A long text', () => {
  const previewOf = (text: string): string => {
    const document = buildDocument(['The Contractor shall sweep.']);
    const { context, findings } = findingsIn(document);
    const [preview] = previewFindings(
      context,
      document,
      findings.map((finding) => ({ ...finding, text })),
    );
    return preview?.text ?? '';
  };

  test('is whole up to the limit, and cut with a sign after it', () => {
    const atLimit = 'a'.repeat(LONGEST_PREVIEW);
    expect(previewOf(atLimit)).toBe(atLimit);
    expect(previewOf(`${atLimit}b`)).toBe(`${atLimit.slice(0, -1)}…`);
  });

  test.each([LONGEST_PREVIEW - 3, LONGEST_PREVIEW - 2, LONGEST_PREVIEW - 1])(
    'is never cut through a character that takes two places (%d letters before it)',
    (letters) => {
      const text = previewOf(`${'a'.repeat(letters)}${'😀'.repeat(5)}`);
      expect(text.isWellFormed()).toBe(true);
      expect(text.length).toBeLessThanOrEqual(LONGEST_PREVIEW);
      expect(text).toMatch(/^a+(?:😀)*…$/u);
    },
  );
});
