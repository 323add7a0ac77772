import { expect, test } from '@jest/globals';
import type { CorpusDocument } from '../../../bench/conversion/corpus-documents.ts';
import { groupTable, leaveOneOutTable } from '../../../bench/conversion/report-tables.ts';
import { scoreRun, summarise } from '../../../bench/conversion/score-run.ts';

const document = (id: string, source: string): CorpusDocument => ({
  ...{ id, source, path: `/${id}.pdf`, truth: 'four', family: 'pdf', producer: 'a printer', pages: 2 },
  ...{ isBorrowedTruth: false, tagged: false, furniture: [] },
});
const DOCUMENTS = [document('a1', 'a'), document('a2', 'a'), document('b1', 'b')];
const run = (markdown: Record<string, string>, name = 'mdraft') => ({
  ...{ name, version: '1', families: ['pdf'], wallMs: 1, peakMemoryMib: null },
  conversions: new Map(Object.entries(markdown).map(([id, text]) => [id, { markdown: text, ms: 10 }])),
});

test('A document that was never reached is a row with zero, not a missing row', () => {
  const rows = scoreRun(run({ a1: 'four', b1: 'four' }), DOCUMENTS);
  expect(rows.map(({ overall, failure }) => [overall, failure])).toEqual([
    [1, null],
    [0, 'never reached'],
    [1, null],
  ]);
  expect(summarise(rows)).toMatchObject({ documents: 3, failed: 1, overall: 2 / 3, msPerPage: 5 });
});

test('An engine has no rows for families that it does not read', () => {
  const rows = scoreRun({ ...run({}), families: ['docx'] }, DOCUMENTS);
  expect(rows).toEqual([]);
});

test('Leaving one source out shows the mean of the others beside that of the source alone', () => {
  const rows = scoreRun(run({ a1: 'four', a2: '', b1: 'four' }), DOCUMENTS);
  const lines = leaveOneOutTable(rows)
    .split('\n')
    .slice(2)
    .map((line) => line.split(/\s{2,}/));
  expect(lines).toEqual([
    ['a', '2', '1.000', '0.500'],
    ['b', '1', '0.500', '1.000'],
  ]);
});

test('Where several engines are measured, each has a line in each group', () => {
  const rows = [run({ a1: 'four' }), run({ a1: 'four' }, 'peer')].flatMap((one) =>
    scoreRun(one, DOCUMENTS.slice(0, 1)),
  );
  const table = groupTable('family', rows, (row) => row.document.family);
  expect(table).toContain('pdf, mdraft');
  expect(table).toContain('pdf, peer');
});
