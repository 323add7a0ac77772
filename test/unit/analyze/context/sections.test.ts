import { describe, expect, test } from '@jest/globals';
import { sectionNumbers, sectionsOf } from '../../../../functions/src/analyze/context/sections.ts';
import { type BlockSpec, buildDocument } from '../../../support/build-document.ts';

const sections = (specs: BlockSpec[], fileName = 'rfp.md') => sectionsOf(buildDocument(specs, { fileName }));

test('Each block belongs to exactly one section', () => {
  const document = buildDocument(['Preface.', '# 1 Scope', 'Text.', '## 1.1 Tasks', '- a', '# 2 Price', 'More.']);
  const ids = sectionsOf(document).flatMap(({ blockIds }) => blockIds);
  expect(ids).toEqual(document.blocks.map(({ blockId }) => blockId));
});

test('Uniform Contract Format letters give sections their role, and parts below keep it', () => {
  const found = sections([
    '# SECTION C - DESCRIPTION',
    'x',
    '# SECTION L - INSTRUCTIONS',
    '## L.4 Price Volume',
    'x',
    '# SECTION M - EVALUATION',
    'x',
  ]);
  expect(found.map(({ ucfSection, role }) => [ucfSection, role])).toEqual([
    ['C', 'work'],
    ['L', 'instructions'],
    ['L', 'instructions'],
    ['M', 'evaluation'],
  ]);
});

test('A lone "A.1" in a document without such letters is not a Uniform Contract Format section', () => {
  expect(sections(['# A.1 General', 'Text.'])[0]?.ucfSection).toBeNull();
});

describe('Without letters a heading tells the role', () => {
  test.each([
    ['Instructions to Offerors', 'instructions'],
    ['Proposal Format and Content', 'instructions'],
    ['Evaluation Criteria', 'evaluation'],
    ['Basis for Award', 'evaluation'],
    ['Scope of Services', 'work'],
    ['Statement of Work', 'work'],
    ['General Terms and Conditions', 'clauses'],
    ['Representations and Certifications', 'reps'],
    ['Price Schedule', 'price'],
    ['52.204-21 Basic Safeguarding', 'clauses'],
  ])('%s: %s', (heading, role) => {
    expect(sections([`# ${heading}`, 'Text.'])[0]?.role).toBe(role);
  });

  test('"Price" below evaluation stays evaluation', () => {
    expect(sections(['# Evaluation Criteria', '## Price', 'Text.']).at(-1)?.role).toBe('evaluation');
  });

  test('The words of a section speak when its heading does not', () => {
    const text = 'Offerors shall submit one quotation. Each offeror shall sign its quotation.';
    expect(sections(['# Part Two', text])[0]?.role).toBe('instructions');
  });

  test('A statement of work is work although no heading says so', () => {
    expect(sections(['Text only.'], 'Attachment 2 PWS.md')[0]?.role).toBe('work');
  });
});

describe('Text that is not marked as a heading opens a section', () => {
  test.each([
    ['##1.0 BACKGROUND', '1.0', 'BACKGROUND'],
    ['C.3.1 Cleaning of Floors', 'C.3.1', 'Cleaning of Floors'],
    ['3.Period of Performance. The period is one year.', '3', 'Period of Performance'],
    ['**Submission of Forms**', '', 'Submission of Forms'],
  ])('%s', (markdown, number, heading) => {
    expect(sections(['# Top', 'x', markdown, 'Text.']).at(-1)).toMatchObject({ number, heading });
  });

  test.each([
    '693JJ426Q000006 is the number.',
    '(a) The Contractor shall sweep.',
    'General Objectives ........ 4',
    '2026 was a good year.',
  ])('but not: %s', (markdown) => expect(sections(['# Top', markdown])).toHaveLength(1));
});

test('A numbered question opens no section', () => {
  const found = sections(['# Answers', '1. Shall the Contractor bring ladders?', 'No.', '2. Rates', 'More.']);
  expect(found.map(({ number }) => number)).toEqual(['', '2']);
});

test('The nearest number above a section is its own or its parent’s', () => {
  const found = sections(['# L.4 Volumes', 'x', '## Fonts', 'x', '## L.4.2 Margins', 'x']);
  const numbers = sectionNumbers(found);
  expect(found.map(({ sectionId }) => numbers.get(sectionId))).toEqual(['L.4', 'L.4', 'L.4.2']);
});
