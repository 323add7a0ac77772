import { expect, test } from '@jest/globals';
import { measureRecall } from '../../bench/measure-recall.ts';
import type { ExpectedRequirement } from '../../fixtures/solicitation/expected-truth.ts';
import { analysis, row } from './sample-rows.ts';

const BASE = 'a'.repeat(16);
const OTHER = 'b'.repeat(16);
const wanted = (quote: string, change: Partial<ExpectedRequirement> = {}): ExpectedRequirement => ({
  quote,
  sectionRef: 'C.1',
  actor: 'contractor',
  obligation: 'mandatory',
  form: 'sentence',
  ...change,
});
const measure = (rows: ReturnType<typeof row>[], requirements: ExpectedRequirement[]) =>
  measureRecall(analysis(rows, { 'base.pdf': BASE, 'other.pdf': OTHER }), [{ fileStem: 'base', requirements }]);

test('A requirement is found whatever Markdown marks and spaces its row has', () => {
  const rows = [row({ quote: '**The Contractor**\nshall  sign.', documentId: BASE })];
  expect(measure(rows, [wanted('The Contractor shall sign.')])).toMatchObject({ expected: 1, found: 1, extraRows: 0 });
});

test('A row of another document does not count', () => {
  const rows = [row({ quote: 'The Contractor shall sign.', documentId: OTHER })];
  const recall = measure(rows, [wanted('The Contractor shall sign.')]);
  expect(recall.found).toBe(0);
  expect(recall.missed.map(({ quote }) => quote)).toEqual(['The Contractor shall sign.']);
});

test('A row as long as a paragraph does not find the sentence inside it', () => {
  const long = `The Contractor shall sign. ${'It shall also keep every record. '.repeat(4)}`;
  expect(measure([row({ quote: long, documentId: BASE })], [wanted('The Contractor shall sign.')]).found).toBe(0);
});

test('The same sentence twice needs two rows', () => {
  const twice = [wanted('Sign it.'), wanted('Sign it.')];
  const one = [row({ quote: 'Sign it.', documentId: BASE })];
  expect(measure(one, twice).found).toBe(1);
});

test('An exact row is not taken away by a longer requirement that comes first', () => {
  const rows = [
    row({ quote: 'Keep records.', documentId: BASE }),
    row({ quote: 'Keep records. Daily.', documentId: BASE }),
  ];
  expect(measure(rows, [wanted('Keep records. Daily.'), wanted('Keep records.')]).found).toBe(2);
});

test('A table row quoted whole finds the requirement in one of its cells, and not a part of a cell', () => {
  const rows = [row({ quote: '1 | Transition plan | C.3.1 | 10 calendar days after award', documentId: BASE })];
  expect(measure(rows, [wanted('Transition plan', { form: 'table_cell' })]).found).toBe(1);
  expect(measure(rows, [wanted('Transition', { form: 'table_cell' })]).found).toBe(0);
});

test('Section, actor and obligation are counted among those found, and rows beyond them as extra', () => {
  const rows = [
    row({ quote: 'Sign it.', documentId: BASE, sectionRef: 'C.9', obligation: 'conditional' }),
    row({ quote: 'The river is long.', documentId: BASE }),
  ];
  expect(measure(rows, [wanted('Sign it.')])).toMatchObject({
    found: 1,
    rightSection: 0,
    rightActor: 1,
    rightObligation: 1,
    extraRows: 1,
    extra: ['The river is long.'],
  });
});
