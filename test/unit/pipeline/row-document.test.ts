import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { ComplianceRow } from '../../../functions/src/contracts/rfp.ts';
import { RunRowSchema } from '../../../functions/src/contracts/run.ts';
import { rowDocument } from '../../../functions/src/pipeline/row-document.ts';
import { buildDocument } from '../../support/build-document.ts';
import { createTestDeps } from '../../support/pipeline-deps.ts';
import { runNow, runQueueDry, startRun } from '../../support/run-of-package.ts';
import { sampleComplianceRow, sampleRun } from '../../support/sample-items.ts';

const MIB = 1024 * 1024;
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const document = (row: ComplianceRow) => rowDocument(sampleRun(), row, 7);

describe('A row in the database', () => {
  test('is the row itself, whole, when it fits', () => {
    const body = sampleComplianceRow();
    expect(document(body)).toMatchObject({
      position: 7,
      obligation: 'mandatory',
      verification: 'machine_verified',
      body,
    });
    expect(document(body).body).toEqual(body);
  });

  test('of a sentence without an end is shortened, says so, and its quote stands at its offsets', () => {
    const quote = `\u{1F600}${'The offeror shall do this and '.repeat(60_000)}`;
    const { source } = sampleComplianceRow();
    const { body, ...fields } = document(
      sampleComplianceRow({
        requirementText: quote,
        source: { ...source, quote, charStart: 10, charEnd: 10 + quote.length },
      }),
    );
    expect(bytesOf(body)).toBeLessThan(MIB);
    expect(body.notes).toContain('The exports have all of it');
    expect(quote.startsWith(body.source.quote)).toBe(true);
    expect(body.source.quote.length).toBeGreaterThan(10_000);
    expect(body.source.charEnd).toBe(10 + body.source.quote.length);
    expect(body.source.quoteSha256).toBe(createHash('sha256').update(body.source.quote).digest('hex'));
    expect(RunRowSchema.parse({ ...fields, body })).toEqual({ ...fields, body });
  });

  test('fits whatever is long in it: places, headings, references', () => {
    const { source } = sampleComplianceRow();
    const long = '\u{1F600}'.repeat(3000);
    const place = { ...source, quote: long, sectionPath: Array.from({ length: 20 }, () => long) };
    const row = sampleComplianceRow({
      source: place,
      otherSources: Array.from({ length: 60 }, () => place),
      unresolvedRefs: Array.from({ length: 30_000 }, () => ({ text: 'Attachment 9', reason: 'missing_document' })),
    });
    const { body } = document(row);
    expect(bytesOf(body)).toBeLessThan(MIB);
    expect(body.source.quote.isWellFormed()).toBe(true);
    expect(body.otherSources.length).toBeGreaterThan(0);
  });

  test('does not keep the rest of its document from being shown', async () => {
    const deps = createTestDeps();
    const endless = `The Contractor shall deliver ${'words of one endless sentence, '.repeat(50_000)}`;
    const { runId } = await startRun(deps, [buildDocument([endless, 'The Contractor shall sweep.'])]);
    await runQueueDry(deps);
    expect(runNow(deps, runId).state).toBe('completed');
    expect(deps.stored.rows().map((row) => bytesOf(row) < MIB)).toEqual([true, true]);
    expect(deps.memory.text('processed', runNow(deps, runId).analysis?.object ?? '')).toContain(endless.trim());
  });
});
