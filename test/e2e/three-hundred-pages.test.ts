import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { analyzePackage } from '../../functions/src/analyze/index.ts';
import { readConfig } from '../../functions/src/config.ts';
import type { Analysis } from '../../functions/src/contracts/analysis.ts';
import { AnalysisSchema } from '../../functions/src/contracts/analysis.ts';
import type { Document } from '../../functions/src/contracts/document.ts';
import { DocumentSchema } from '../../functions/src/contracts/document.ts';
import type { ComplianceMatrix } from '../../functions/src/contracts/rfp.ts';
import { toJson } from '../../functions/src/export/json.ts';
import { type ConverterPool, createConverterPool } from '../../functions/src/sandbox/pool.ts';
import { generateSolicitation } from '../support/generate-solicitation.ts';

const PAGES = 300;
const KINDS = ['compliance-matrix'] as const;
const SETTLED_ROWS = 500;

let pool: ConverterPool;
let solicitation: Awaited<ReturnType<typeof generateSolicitation>>;
const documents: Record<'pdf' | 'markdown', Document[]> = { pdf: [], markdown: [] };

const convert = async (format: 'pdf' | 'markdown'): Promise<Document> =>
  format === 'pdf'
    ? pool.convert({ bytes: await solicitation.pdf, fileName: 'generated.pdf' })
    : pool.convert({ bytes: new TextEncoder().encode(solicitation.markdown), fileName: 'generated.md' });

const matrixOf = (analysis: Analysis): ComplianceMatrix => {
  if (!analysis.complianceMatrix) throw new Error('the analysis has no compliance matrix');
  return analysis.complianceMatrix;
};

beforeAll(async () => {
  const { limits } = readConfig({});
  pool = createConverterPool({ size: 2, timeoutSeconds: 120, memoryMb: 512, limits });
  solicitation = await generateSolicitation({ seed: 7, pages: PAGES });
  // Twice each, from the bytes: two runs must not differ anywhere on the way.
  for (const format of ['pdf', 'markdown'] as const) {
    documents[format] = await Promise.all([convert(format), convert(format)]);
  }
});

afterAll(() => pool.close());

describe.each(['pdf', 'markdown'] as const)('Three hundred generated pages as %s', (format) => {
  const document = (run: 0 | 1): Document => {
    const found = documents[format][run];
    if (!found) throw new Error('not converted');
    return found;
  };

  test('are all there: the ledger has as many sentences as the generator wrote', () => {
    const { coverage } = matrixOf(analyzePackage([document(0)], KINDS));
    const runningLines = format === 'pdf' ? solicitation.runningLines : 0;
    expect(coverage.sentences).toBe(solicitation.sentences + runningLines);
    expect(coverage.inMatrix + coverage.excluded.length + coverage.unresolved.length).toBe(coverage.sentences);
    expect(coverage.pagesWithoutText).toEqual([]);
    expect(coverage.chunks.done).toBe(coverage.chunks.planned);
    if (format === 'pdf') expect(document(0).pages).toHaveLength(PAGES);
  });

  test('give rows whose quotes stand at their offsets, to the letter', () => {
    const { rows } = matrixOf(analyzePackage([document(0)], KINDS));
    expect(rows.length).toBeGreaterThan(SETTLED_ROWS);
    for (const { source, verification } of rows) {
      expect(document(0).markdown.slice(source.charStart ?? -1, source.charEnd ?? -1)).toBe(source.quote);
      expect(createHash('sha256').update(source.quote).digest('hex')).toBe(source.quoteSha256);
      expect(verification.status).not.toBe('human_verified');
    }
    expect(new Set(rows.map((row) => row.rowId)).size).toBe(rows.length);
  });

  test('give the same bytes in two runs', () => {
    expect(toJson(analyzePackage([document(1)], KINDS))).toBe(toJson(analyzePackage([document(0)], KINDS)));
    expect(JSON.stringify(document(1))).toBe(JSON.stringify(document(0)));
  });

  test('keep to the published schemas', () => {
    expect(DocumentSchema.safeParse(document(0)).error).toBeUndefined();
    expect(AnalysisSchema.safeParse(analyzePackage([document(0)], KINDS)).error).toBeUndefined();
  });
});
