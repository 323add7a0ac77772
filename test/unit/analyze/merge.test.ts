import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { analyzePackage } from '../../../functions/src/analyze/index.ts';
import { mergeAnalysis } from '../../../functions/src/analyze/merge.ts';
import { planRun } from '../../../functions/src/analyze/plan.ts';
import { analyzeWindow } from '../../../functions/src/analyze/window.ts';
import { AnalysisSchema } from '../../../functions/src/contracts/analysis.ts';
import type { Document } from '../../../functions/src/contracts/document.ts';
import type { ComplianceMatrix } from '../../../functions/src/contracts/rfp.ts';
import { buildDocument } from '../../support/build-document.ts';

const KINDS = ['compliance-matrix'] as const;

const base = buildDocument(
  [
    '# SECTION C - WORK',
    '## C.3 Floors',
    'The Contractor shall **sweep** each floor. The Government will inspect the floors.',
    'The Contractor shall lock the doors.',
    '# SECTION L - INSTRUCTIONS',
    '## L.4 Volumes',
    'Offerors shall submit Attachment 1 and Attachment 9 with the quotation.',
    '(a) The offeror shall sign the quotation.',
  ],
  { fileName: 'RFP.md' },
);
const attachment = buildDocument(['# Floors', 'The Contractor shall lock the doors.'], {
  fileName: 'Attachment 1 SOW.md',
});

const matrix = (...documents: Document[]): ComplianceMatrix => {
  const { complianceMatrix } = analyzePackage(documents, KINDS);
  if (complianceMatrix === undefined) throw new Error('no matrix');
  return complianceMatrix;
};

describe('Rows', () => {
  const { rows } = matrix(attachment, base);

  test('stand in package order, the base first, whatever order the documents came in', () => {
    expect(rows.map(({ displayId }) => displayId)).toEqual(['C-001', 'C-002', 'L-001', 'L-002', 'C-003']);
    expect(JSON.stringify(matrix(base, attachment).rows)).toBe(JSON.stringify(rows));
  });

  test('quote the canonical Markdown to the letter, with its hash', () => {
    const [first] = rows;
    expect(first?.requirementText).toBe('The Contractor shall sweep each floor.');
    expect(first?.source.quote).toBe('The Contractor shall **sweep** each floor.');
    for (const { source } of rows) {
      const document = source.documentId === base.documentId ? base : attachment;
      expect(document.markdown.slice(source.charStart ?? -1, source.charEnd ?? -1)).toBe(source.quote);
      expect(source.quoteSha256).toBe(createHash('sha256').update(source.quote).digest('hex'));
    }
  });

  test('say which section they stand in', () => {
    expect(rows[0]?.source).toMatchObject({
      sectionRef: 'C.3',
      ucfSection: 'C',
      functionalRole: 'work',
      sectionPath: ['SECTION C - WORK', 'Floors'],
    });
    expect(rows[3]?.source.sectionRef).toBe('L.4(a)');
  });

  test('of the same duty stay two, each naming the other’s place', () => {
    const [one, two] = rows.filter(({ requirementText }) => requirementText === 'The Contractor shall lock the doors.');
    expect(one?.rowId).not.toBe(two?.rowId);
    expect(one?.otherSources.map(({ documentId }) => documentId)).toEqual([attachment.documentId]);
    expect(two?.otherSources.map(({ documentId }) => documentId)).toEqual([base.documentId]);
  });

  test('of a duty stated many times keep the output linear: the first lists the others, each other the first', () => {
    const many = matrix(buildDocument(Array.from({ length: 40 }, () => 'The Contractor shall sweep.'))).rows;
    const places = many.map(({ source }) => source.charStart);
    expect(many[0]?.otherSources.map(({ charStart }) => charStart)).toEqual(places.slice(1));
    for (const row of many.slice(1)) expect(row.otherSources.map(({ charStart }) => charStart)).toEqual([places[0]]);
  });

  test('do not take a figure or a note’s mark that opens a paragraph for its number', () => {
    const { rows: figures } = matrix(
      buildDocument([
        '# SECTION C - WORK',
        '## C.3 Floors',
        '36 halls shall be swept by the Contractor.',
        '2.5 miles of pipe shall be flushed by the Contractor.',
        '4. Doors shall be locked by the Contractor at night, and they shall be checked.',
      ]),
    );
    expect(figures.map(({ source }) => source.sectionRef)).toEqual(['C.3', 'C.3', 'C.3 4']);
  });

  test('link the attachments that the package has and list those it has not', () => {
    expect(rows[2]?.links).toEqual([{ toId: attachment.documentId, toType: 'attachment', basis: 'stated', score: 1 }]);
    expect(rows[2]?.unresolvedRefs).toEqual([{ text: 'Attachment 9', reason: 'missing_document' }]);
  });

  test('keep their id when text elsewhere changes', () => {
    const amended = buildDocument(
      ['# SECTION C - WORK', '## C.1 News', 'Text.', '## C.3 Floors', 'The Contractor shall **sweep** each floor.'],
      { fileName: 'RFP 2.md' },
    );
    expect(matrix(amended).rows[0]?.rowId).toBe(rows[0]?.rowId);
  });

  test('have different ids when the same sentence stands twice in one section', () => {
    const twice = matrix(buildDocument(['The Contractor shall sweep.', 'The Contractor shall sweep.'])).rows;
    expect(twice).toHaveLength(2);
    expect(twice[0]?.rowId).not.toBe(twice[1]?.rowId);
  });
});

describe('Results', () => {
  const documents = [base, attachment];
  const { context, windows } = planRun(documents, KINDS, { chunkCharacters: 80, windowChunks: 2, overlapChunks: 1 });
  const results = windows.map((window) => {
    const document = documents.find(({ documentId }) => documentId === window.documentId);
    if (document === undefined) throw new Error('no document');
    return analyzeWindow(context, window, document);
  });
  const merged = mergeAnalysis(context, documents, windows, results);

  test('may arrive in any order and more than once', () => {
    const shuffled = [...results].reverse().concat(results.slice(0, 2));
    expect(JSON.stringify(mergeAnalysis(context, documents, windows, shuffled))).toBe(JSON.stringify(merged));
  });

  test('that are missing are failed windows, and the coverage is not complete', () => {
    expect(windows.length).toBeGreaterThan(2);
    const coverage = mergeAnalysis(context, documents, windows, results.slice(1)).complianceMatrix?.coverage;
    expect(coverage?.complete).toBe(false);
    expect(coverage?.chunks.failed).toEqual([`${windows[0]?.documentId}:0`]);
    expect(coverage?.chunks.done).toBe((coverage?.chunks.planned ?? 0) - (windows[0]?.chunks ?? 0));
  });

  test('make an analysis that keeps to the published schema', () => {
    expect(AnalysisSchema.safeParse(merged).error).toBeUndefined();
  });

  test('with a quote that is not in the text are never machine verified', () => {
    const forged = results.map((result) => ({
      ...result,
      findings: result.findings.map((finding) => ({ ...finding, quote: `${finding.quote} Twice.` })),
    }));
    const rows = mergeAnalysis(context, documents, windows, forged).complianceMatrix?.rows ?? [];
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.verification.status).toBe('needs_review');
      expect(row.source).toMatchObject({ match: 'unverified', charStart: null, charEnd: null });
    }
  });
});

describe('Coverage', () => {
  test('accounts for every sentence once', () => {
    const { coverage } = matrix(base, attachment);
    expect(coverage.inMatrix + coverage.excluded.length + coverage.unresolved.length).toBe(coverage.sentences);
    expect(coverage.sentences).toBe(11);
    expect(coverage.complete).toBe(true);
  });

  test('is not complete when a page has no text', () => {
    const scanned = buildDocument(['The Contractor shall sweep.'], { pageBasis: 'pdf', pagesNeedingOcr: [2] });
    const { coverage } = matrix(scanned);
    expect(coverage.pagesWithoutText).toEqual([{ documentId: scanned.documentId, pageNumber: 2 }]);
    expect(coverage.complete).toBe(false);
  });

  test('names documents in which there is nothing to read, and is then not complete', () => {
    const empty = buildDocument([], { fileName: 'drawing.md' });
    expect(matrix(empty)).toMatchObject({
      rows: [],
      coverage: { sentences: 0, documentsWithoutText: [empty.documentId], complete: false },
    });
    const { coverage } = matrix(base, empty);
    expect(coverage.documentsWithoutText).toEqual([empty.documentId]);
    expect(coverage.complete).toBe(false);
    expect(matrix(base).coverage.documentsWithoutText).toEqual([]);
  });

  test('says each excluded sentence in plain text, and running lines too', () => {
    const { coverage } = matrix(
      buildDocument([
        { kind: 'header_footer', text: 'RFP 26-1 | Page 1', pageNumber: 1 },
        'The hall is **big** &amp; old. It has _nine_ floors.',
        { kind: 'table', rows: [['Area'], ['**Lobby**']] },
      ]),
    );
    expect(coverage.excluded.map(({ source }) => source.text)).toEqual(
      expect.arrayContaining(['RFP 26-1 | Page 1', 'The hall is big & old.', 'It has nine floors.', 'Area', 'Lobby']),
    );
    expect(coverage.excluded).toHaveLength(5);
  });

  test('shows a running line that binds once, and its repetitions as duplicates whatever their numbers', () => {
    const foot = (page: number) =>
      ({ kind: 'header_footer', text: `Vendors shall not copy page ${page}.`, pageNumber: page }) as const;
    const plain = { kind: 'header_footer', text: 'RFP 26-1', pageNumber: 1 } as const;
    const { coverage } = matrix(
      buildDocument([
        foot(1),
        plain,
        'Text one.',
        foot(2),
        'Text two.',
        foot(3),
        { ...foot(3), text: 'Form required' },
      ]),
    );
    expect(coverage.unresolved.map(({ quote }) => quote)).toEqual(['Vendors shall not copy page 1.', 'Form required']);
    const of = (reason: string) =>
      coverage.excluded.filter((entry) => entry.reason === reason).map(({ source }) => source.text);
    expect(of('duplicate')).toEqual(['Vendors shall not copy page 2.', 'Vendors shall not copy page 3.']);
    expect(of('header_footer')).toEqual(['RFP 26-1']);
    expect(coverage.inMatrix + coverage.excluded.length + coverage.unresolved.length).toBe(coverage.sentences);
    expect(coverage.complete).toBe(false);
  });

  test('is not complete while a binding sentence has no owner, and shows it', () => {
    const { coverage, rows } = matrix(buildDocument(['The frobnicator shall hum.']));
    expect(rows).toEqual([]);
    expect(coverage.unresolved.map(({ quote }) => quote)).toEqual(['The frobnicator shall hum.']);
    expect(coverage.complete).toBe(false);
  });
});

test('Progress is told from nothing to all', () => {
  const told: [number, number][] = [];
  analyzePackage([base], KINDS, {
    chunkCharacters: 80,
    windowChunks: 2,
    onProgress: (done, total) => told.push([done, total]),
  });
  expect(told[0]?.[0]).toBe(0);
  expect(told.at(-1)?.[0]).toBe(told.at(-1)?.[1]);
  expect(told.map(([done]) => done)).toEqual(told.map((_, at) => at));
});
