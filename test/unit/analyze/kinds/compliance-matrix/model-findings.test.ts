import { describe, expect, test } from '@jest/globals';
import { indexContext } from '../../../../../functions/src/analyze/context-index.ts';
import { indexDocument } from '../../../../../functions/src/analyze/document-index.ts';
import { joinAnswers } from '../../../../../functions/src/analyze/kinds/compliance-matrix/model-findings.ts';
import { partOf } from '../../../../../functions/src/analyze/model-pass.ts';
import { planRun } from '../../../../../functions/src/analyze/plan.ts';
import { analyzeWindow } from '../../../../../functions/src/analyze/window.ts';
import type { Window } from '../../../../../functions/src/contracts/analysis.ts';
import type { Document } from '../../../../../functions/src/contracts/document.ts';
import { type BlockSpec, buildDocument } from '../../../../support/build-document.ts';
import { answerOf, labelOf, rowFor } from '../../../../support/model-answers.ts';

const MISSED = 'Weekly cleaning of halls at night is part of the service.';
const FOUND = 'The Contractor shall sweep the hall.';

const join = (specs: BlockSpec[], rows: (document: Document) => unknown[], options = {}, ordinal = 0) => {
  const document = buildDocument(['# Statement of Work', ...specs]);
  const { context, windows } = planRun([document], ['compliance-matrix'], options);
  const window = windows[ordinal] as Window;
  const found = analyzeWindow(context, window, document);
  const index = indexDocument(document);
  const { before, own } = partOf(window, index);
  const answers = [answerOf(...rows(document)).text];
  const passages = [...before, ...own];
  const joined = joinAnswers({ context: indexContext(context), index, passages, found, answers });
  return { document, found, joined, own: joined.findings.filter(({ method }) => method === 'model') };
};

describe('A sentence that the rules have excluded and the model quotes', () => {
  test('becomes a finding on the whole sentence, to the letter, for a person to confirm', () => {
    const { document, own, joined } = join([FOUND, `Halls are large. **Weekly** ${MISSED.slice(7)}`], (document) => [
      rowFor(document, 'cleaning of halls at night', { kind: 'deliverable' }),
    ]);
    const { charStart, charEnd } = own[0] ?? { charStart: null, charEnd: null };
    expect(own).toMatchObject([
      { text: MISSED, kind: 'deliverable', modal: 'implied', actor: 'contractor', method: 'model', needsReview: true },
    ]);
    expect(document.markdown.slice(charStart ?? 0, charEnd ?? 0)).toBe(
      '**Weekly** cleaning of halls at night is part of the service.',
    );
    expect(own[0]?.quote).toBe(document.markdown.slice(charStart ?? 0, charEnd ?? 0));
    expect(joined).toMatchObject({ added: 1, dropped: 0, unparsable: 0 });
  });

  test('has moved into the matrix in the ledger, where each sentence still has its one entry', () => {
    const { found, joined } = join([FOUND, MISSED], (document) => [rowFor(document, MISSED)]);
    const places = (ledger: typeof joined.ledger) => ledger.map(({ blockId, charStart }) => [blockId, charStart]);
    expect(places(joined.ledger)).toEqual(places(found.ledger));
    expect(found.ledger.map(({ disposition }) => disposition)).toEqual(['excluded', 'in_matrix', 'excluded']);
    expect(joined.ledger.map(({ disposition, reason }) => [disposition, reason])).toEqual([
      ['excluded', 'heading'],
      ['in_matrix', undefined],
      ['in_matrix', undefined],
    ]);
  });

  test('as an item of a list keeps its lead-in', () => {
    const { own } = join(['Included in the service are:', '- halls swept at night', '- gates locked'], (document) => [
      rowFor(document, 'halls swept at night'),
    ]);
    expect(own).toMatchObject([{ text: 'halls swept at night', leadIn: 'Included in the service are:' }]);
    expect(own[0]?.blockIds).toHaveLength(2);
  });

  test('says under which condition it binds', () => {
    const { own } = join(['If a gate is open at night, closing it is part of the service.'], (document) => [
      rowFor(document, 'closing it is part of', { obligation: 'conditional' }),
    ]);
    expect(own).toMatchObject([{ obligation: 'conditional', conditionText: 'If a gate is open at night' }]);
  });
});

describe('A quote is found', () => {
  test.each([
    ['with other white space', 'cleaning  of\n halls at night'],
    ['with three dots at its end', 'Weekly cleaning of halls...'],
    ['when it goes on into the next sentence', `${MISSED} Halls are large.`],
  ])('%s', (_, quote) => {
    const { own } = join([`${MISSED} Halls are large.`], (document) => [
      { ...rowFor(document, 'Weekly cleaning'), quote },
    ]);
    expect(own.map(({ text }) => text)).toEqual([MISSED]);
  });

  test('with a keyboard’s quotes and hyphens where the document has a typesetter’s', () => {
    const text = 'The depot’s “night – service” is part of the price.';
    const { own } = join([text], (document) => [
      { ...rowFor(document, text), quote: 'The depot\'s "night - service" is part' },
    ]);
    expect(own.map((finding) => finding.text)).toEqual([text]);
  });

  test('in the block before or after the one that is named, and in no other', () => {
    const specs = ['Halls are large.', MISSED, 'Gates are old.', 'Roofs are flat.'];
    const namedAt = (words: string) =>
      join(specs, (document) => [{ ...rowFor(document, MISSED), block: labelOf(document, words) }]);
    expect(namedAt('Halls').own).toHaveLength(1);
    expect(namedAt('Gates').own).toHaveLength(1);
    expect(namedAt('Roofs').joined).toMatchObject({ added: 0, dropped: 1 });
  });

  test('when the label comes in its brackets', () => {
    const { own } = join([MISSED], (document) => [
      { ...rowFor(document, MISSED), block: `[${labelOf(document, MISSED)}]` },
    ]);
    expect(own).toHaveLength(1);
  });
});

describe('A row is dropped and counted, and the others stay', () => {
  test.each<[string, (document: Document) => unknown]>([
    [
      'when its words are not in the text',
      (document) => ({ ...rowFor(document, MISSED), quote: 'Weekly cleaning of roofs' }),
    ],
    ['when its block does not exist', (document) => ({ ...rowFor(document, MISSED), block: 'ffffff' })],
    ['when its quote is too short to tell a place', (document) => rowFor(document, 'of halls')],
    ['when a field is missing', (document) => rowFor(document, MISSED, { actor: undefined })],
    ['when a value is not one of the list', (document) => rowFor(document, MISSED, { obligation: 'maybe' })],
    ['when it binds the buyer', (document) => rowFor(document, MISSED, { actor: 'government' })],
    ['when it is no object', () => 'Weekly cleaning'],
  ])('%s', (_, rowOf) => {
    const other = 'Removal of litter from the yard is part of the price.';
    const { own, joined } = join([MISSED, other], (document) => [rowOf(document), rowFor(document, other)]);
    expect(own.map(({ text }) => text)).toEqual([other]);
    expect(joined).toMatchObject({ added: 1, dropped: 1 });
  });
});

describe('Nothing is there twice', () => {
  test('of what the rules have found already', () => {
    const { found, joined } = join([FOUND, 'The Contractor shall:', '- lock the gates'], (document) => [
      rowFor(document, 'shall sweep the hall'),
      rowFor(document, 'The Contractor shall:'),
      rowFor(document, 'lock the gates'),
    ]);
    expect(joined.findings).toEqual(found.findings);
    expect(joined.ledger).toEqual(found.ledger);
    expect(joined).toMatchObject({ added: 0, dropped: 0 });
  });

  test('when the model quotes one sentence in two rows: the first counts', () => {
    const { own, joined } = join([MISSED], (document) => [
      rowFor(document, 'Weekly cleaning of halls', { kind: 'deliverable' }),
      rowFor(document, 'part of the service', { kind: 'security' }),
    ]);
    expect(joined).toMatchObject({ added: 1, dropped: 0 });
    expect(own.map(({ kind }) => kind)).toEqual(['deliverable']);
  });
});

test('A sentence of another window is left to that window', () => {
  const specs = Array.from({ length: 12 }, (_, at) => `Weekly cleaning of hall ${at + 1} is part of the service.`);
  const options = { chunkCharacters: 120, windowChunks: 2, overlapChunks: 1 };
  const everyRow = (document: Document) => specs.map((text) => rowFor(document, text));
  const { found, own, joined } = join(specs, everyRow, options, 1);
  expect(own.length).toBeGreaterThan(0);
  expect(own.map(({ charStart }) => charStart)).toEqual(found.ledger.map(({ charStart }) => charStart));
  expect(joined.ledger).toHaveLength(found.ledger.length);
  expect(joined.added).toBe(own.length);
});

test('The order of the rows changes nothing', () => {
  const specs = [MISSED, 'Removal of litter from the yard is part of the price.'];
  const rows = (document: Document) => specs.map((text) => rowFor(document, text));
  const forward = join(specs, rows).joined;
  expect(forward.added).toBe(2);
  expect(join(specs, (document) => rows(document).toReversed()).joined).toEqual(forward);
});
