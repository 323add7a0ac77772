import { describe, expect, test } from '@jest/globals';
import { reasons, under } from '../../../../support/matrix-of.ts';

describe('Lists', () => {
  test('take who is bound and how from the lead-in, which is no row of its own', () => {
    const { rows, coverage } = under('work', 'The Contractor shall:', '- floors swept daily', '- doors locked');
    expect(rows.map((row) => [row.requirementText, row.leadIn, row.modal])).toEqual([
      ['floors swept daily', 'The Contractor shall:', 'shall'],
      ['doors locked', 'The Contractor shall:', 'shall'],
    ]);
    expect(coverage.inMatrix).toBe(3);
  });

  test('under a side named after an adverbial without a comma are as certain as under the side alone', () => {
    const { rows } = under(
      'work',
      '3.2 At each visit the Contractor shall:',
      '- clean the intake',
      '- test the battery',
    );
    expect(rows.map(({ actor, verification }) => [actor, verification.status])).toEqual([
      ['contractor', 'machine_verified'],
      ['contractor', 'machine_verified'],
    ]);
  });

  test('nested below an item take the lead-in above it', () => {
    const { rows } = under('work', 'The Contractor shall inspect:', '- safety items:', '  - alarms', '  - exits');
    expect(rows.map(({ requirementText }) => requirementText)).toEqual(expect.arrayContaining(['alarms', 'exits']));
  });

  test('nested below an item whose own modal is in a clause of its own take the lead-in above it', () => {
    const { rows } = under(
      'instructions',
      'The offeror shall:',
      '- explain how it will reach the site, including:',
      '  - the place of its depot; and',
      '  - the distance from the site;',
      '- show that its office can be reached at night.',
    );
    expect(rows.map(({ requirementText, obligation }) => [requirementText, obligation])).toEqual([
      ['the place of its depot; and', 'mandatory'],
      ['the distance from the site;', 'mandatory'],
      ['show that its office can be reached at night.', 'mandatory'],
    ]);
  });

  test('of what the Government gives are its duty, item by item', () => {
    const matrix = under('work', 'The Government will provide:', '- keys', '- electric power');
    expect(matrix.rows).toEqual([]);
    expect(reasons(matrix)).toEqual(['government_duty', 'government_duty', 'government_duty']);
  });

  test('of what is allowed are permissions', () => {
    expect(reasons(under('work', 'The Contractor may use:', '- ladders', '- lifts'))).toEqual([
      'permission',
      'permission',
      'permission',
    ]);
  });

  test('turn an item that says "do not" into a prohibition', () => {
    const { rows } = under(
      'work',
      'The Contractor shall follow these rules:',
      '- Do not smoke on site.',
      '- Keep doors shut.',
    );
    expect(rows.map(({ obligation }) => obligation)).toEqual(['prohibited', 'mandatory']);
  });

  test('go on in a later sentence of an item that only names one more thing', () => {
    const { rows } = under(
      'work',
      'The Contractor shall deliver:',
      '- A work plan. A staffing plan that supports it. It was asked for last year.',
    );
    expect(rows.map((row) => [row.requirementText, row.leadIn, row.verification.status])).toEqual([
      ['A work plan.', 'The Contractor shall deliver:', 'machine_verified'],
      ['A staffing plan that supports it.', 'The Contractor shall deliver:', 'needs_review'],
    ]);
  });

  test('that bind keep items which open with the name of an office, unless the office acts', () => {
    const { rows } = under(
      'work',
      'The Office of Energy Policy (OEP) sets rules.',
      'The Contractor shall comply with all rules, including:',
      '- OEP Memorandum M-1, Keeping Records',
      '- Agency policy on keys',
      '- The COR reviews each key.',
    );
    expect(rows.map(({ requirementText }) => requirementText)).toEqual([
      'OEP Memorandum M-1, Keeping Records',
      'Agency policy on keys',
    ]);
  });

  test('below a whole sentence that announces nothing take it as lead-in only where they are no sentences', () => {
    const { rows } = under(
      'work',
      '- Each visitor shall sign the book at the door.',
      '  - Badges.',
      '  - The Contractor shall keep the book.',
    );
    expect(rows.map((row) => [row.requirementText, row.leadIn])).toEqual([
      ['Each visitor shall sign the book at the door.', undefined],
      ['The Contractor shall keep the book.', undefined],
    ]);
    const fragments = under('work', '- The Contractor shall inspect the exits.', '  - north door', '  - south door');
    expect(fragments.rows.map(({ leadIn }) => leadIn)).toEqual([
      'The Contractor shall inspect the exits.',
      'The Contractor shall inspect the exits.',
    ]);
  });

  test('leave the lead-in a row when the items stand by themselves', () => {
    const { rows } = under(
      'instructions',
      'Quotations shall only include the parts below:',
      '- The cover page shall name the firm.',
      '- The plan shall name the staff.',
    );
    expect(rows).toHaveLength(3);
  });
});

describe('Short first sentences', () => {
  test('that only title what follows are headings', () => {
    const matrix = under('work', 'b. Staffing Plan. The Contractor shall keep a staffing plan.');
    expect(matrix.rows).toHaveLength(1);
    expect(matrix.coverage.excluded.map(({ reason }) => reason)).toEqual(['heading', 'heading']);
  });

  test('of an item that a lead-in binds are rows', () => {
    const { rows } = under('work', 'The Contractor shall keep:', '- Floors swept daily. Lobby too.');
    expect(rows[0]?.requirementText).toBe('Floors swept daily.');
  });
});

test('A prohibition with an exception asks for the items that it names', () => {
  const { rows } = under(
    'work',
    'Tablets must not be used unless these are in place:',
    '- disk encryption',
    '- a screen lock',
  );
  expect(rows.map(({ obligation }) => obligation)).toEqual(['mandatory', 'mandatory']);
});
