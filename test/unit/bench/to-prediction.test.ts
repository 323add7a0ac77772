import { expect, test } from '@jest/globals';
import { toPrediction } from '../../bench/to-prediction.ts';
import { analysis, row } from './sample-rows.ts';

test('A row becomes its quote with section, binding and party', () => {
  const rows = [row({ quote: 'The offeror shall sign.', sectionRef: 'L.2', actor: 'offeror' })];
  expect(toPrediction(analysis(rows))).toEqual({
    requirements: [{ quote: 'The offeror shall sign.', section_ref: 'L.2', binding: 'mandatory', party: 'offeror' }],
  });
});

test('A conditional duty is mandatory, and prohibitions and wishes keep their kind', () => {
  const rows = (['conditional', 'prohibited', 'desired'] as const).map((obligation) =>
    row({ quote: obligation, obligation }),
  );
  expect(toPrediction(analysis(rows)).requirements.map(({ binding }) => binding)).toEqual([
    'mandatory',
    'prohibited',
    'desired',
  ]);
});

test('Permissions, information and duties of the Government are not predicted as requirements', () => {
  const rows = [
    row({ quote: 'The Contractor may ask.', obligation: 'permitted' }),
    row({ quote: 'The river is long.', obligation: 'informational' }),
    row({ quote: 'The Government will pay.', actor: 'government' }),
  ];
  expect(toPrediction(analysis(rows)).requirements).toEqual([]);
});

test('A row without a known party or section is kept and claims neither', () => {
  const rows = [row({ quote: 'Boats must float.', actor: 'unclear', sectionRef: '' })];
  expect(toPrediction(analysis(rows)).requirements).toEqual([{ quote: 'Boats must float.', binding: 'mandatory' }]);
});

test('An analysis without a matrix predicts nothing', () => {
  expect(toPrediction({ documents: [] })).toEqual({ requirements: [] });
});
