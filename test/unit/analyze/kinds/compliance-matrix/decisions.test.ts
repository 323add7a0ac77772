import { describe, expect, test } from '@jest/globals';
import { analyzePackage } from '../../../../../functions/src/analyze/index.ts';
import type { ComplianceMatrix } from '../../../../../functions/src/contracts/rfp.ts';
import { type BlockSpec, buildDocument } from '../../../../support/build-document.ts';
import { type Role, reasons, under } from '../../../../support/matrix-of.ts';

describe('A sentence that binds our side is a row', () => {
  test.each<[Role, string, string, string, string]>([
    ['work', 'The Contractor shall deliver weekly reports.', 'contractor', 'mandatory', 'shall'],
    ['work', 'The Consultant must attend all site meetings.', 'contractor', 'mandatory', 'must'],
    ['work', 'The Provider will maintain the elevators.', 'contractor', 'mandatory', 'will'],
    ['work', 'The system shall encrypt data at rest.', 'contractor', 'mandatory', 'shall'],
    ['work', 'The Project Manager is responsible for all staff on site.', 'contractor', 'mandatory', 'required_to'],
    ['work', 'Reports shall be delivered by the Contractor each month.', 'contractor', 'mandatory', 'shall'],
    ['work', 'Contractor personnel are to wear badges.', 'contractor', 'mandatory', 'required_to'],
    ['work', 'No subcontractor changes shall be made without consent.', 'subcontractor', 'prohibited', 'shall'],
    ['work', 'The Contractor shall not store data abroad.', 'contractor', 'prohibited', 'shall_not'],
    ['work', 'The Contractor should use recycled paper.', 'contractor', 'desired', 'should'],
    ['work', 'Repair damaged doors within two days.', 'contractor', 'mandatory', 'imperative'],
    ['work', 'Do not block fire exits.', 'contractor', 'prohibited', 'imperative'],
    [
      'work',
      'The Government requires that the Contractor document each repair.',
      'contractor',
      'mandatory',
      'required_to',
    ],
    ['work', 'The final report is due within ten days of completion.', 'contractor', 'mandatory', 'implied'],
    ['instructions', 'Quotations shall be formatted for letter paper.', 'offeror', 'mandatory', 'shall'],
    ['instructions', 'Bidders must acknowledge all addenda.', 'offeror', 'mandatory', 'must'],
    ['instructions', 'All offers must be received by May 3 at noon.', 'offeror', 'mandatory', 'must'],
    ['instructions', 'Please submit three references.', 'offeror', 'mandatory', 'imperative'],
    ['instructions', 'Include a cover letter of one page.', 'offeror', 'mandatory', 'imperative'],
    ['instructions', 'In the summary, please name the project lead.', 'offeror', 'mandatory', 'imperative'],
    ['instructions', 'Your quotation must not exceed five pages.', 'offeror', 'prohibited', 'must_not'],
    ['instructions', 'Offerors are encouraged to visit the site.', 'offeror', 'desired', 'should'],
    ['instructions', 'It is each bidder’s responsibility to check for addenda.', 'offeror', 'mandatory', 'required_to'],
    ['instructions', 'The Respondent may only submit one proposal.', 'offeror', 'prohibited', 'may_not'],
    ['instructions', 'Vendors shall sign the form.', 'offeror', 'mandatory', 'shall'],
    [
      'evaluation',
      'Offerors shall not assume that the Government knows their work.',
      'offeror',
      'prohibited',
      'shall_not',
    ],
    ['clauses', 'The Contractor agrees to hold the City harmless.', 'contractor', 'mandatory', 'required_to'],
    ['clauses', 'The Supplier shall insure the Goods until delivery.', 'contractor', 'mandatory', 'shall'],
    ['work', 'No ladder may be left outside overnight.', 'contractor', 'prohibited', 'may_not'],
    ['instructions', 'No file may exceed 20 MB.', 'offeror', 'prohibited', 'may_not'],
    ['instructions', 'No offeror shall contact the evaluators.', 'offeror', 'prohibited', 'shall'],
    ['work', 'The City encourages the Contractor to hire locally.', 'contractor', 'desired', 'should'],
    ['work', 'A spill that needs more than one kit must be reported at once.', 'contractor', 'mandatory', 'must'],
    ['work', 'Overtime must be approved by the Government before it is worked.', 'contractor', 'mandatory', 'must'],
    ['work', 'The Contractor shall provide a secure means of transport.', 'contractor', 'mandatory', 'shall'],
    ['work', 'Staff shall know what the term PII refers to and shall mark it.', 'contractor', 'mandatory', 'shall'],
    ['work', 'Plans must be submitted to the COR by noon.', 'contractor', 'mandatory', 'must'],
    [
      'work',
      'Press notes shall be coordinated with, and subject to the prior approval of, the Government.',
      'contractor',
      'mandatory',
      'shall',
    ],
    [
      'work',
      'Notes taken on site, by whoever took them, are the property of the Government and must be filed.',
      'contractor',
      'mandatory',
      'must',
    ],
    ['work', 'Copies of the logs will be given to the agency.', 'contractor', 'mandatory', 'will'],
    ['work', 'Spare keys will be returned to the City.', 'contractor', 'mandatory', 'will'],
    ['work', 'The COR must be notified of a leak within an hour.', 'contractor', 'mandatory', 'must'],
    ['work', 'Fully support moves, including weekend moves', 'contractor', 'mandatory', 'imperative'],
    ['work', 'The Contractor commits to weekly checks.', 'contractor', 'mandatory', 'required_to'],
    ['work', 'Response time is no more than 2 hours.', 'contractor', 'mandatory', 'implied'],
    ['work', 'Neither the Contractor nor its staff shall smoke on site.', 'contractor', 'prohibited', 'shall'],
    ['instructions', 'The offeror needs to submit three copies.', 'offeror', 'mandatory', 'required_to'],
    ['instructions', 'Each bidder has to sign the form.', 'offeror', 'mandatory', 'required_to'],
    ['instructions', 'Responses due within 4 hours.', 'offeror', 'mandatory', 'implied'],
    ['instructions', 'Responses due by 3 May.', 'offeror', 'mandatory', 'implied'],
    ['instructions', 'All parts are to be clearly separated.', 'offeror', 'mandatory', 'required_to'],
    ['instructions', 'The Technical Quote is limited to a total of ten (10) pages.', 'offeror', 'mandatory', 'implied'],
    ['instructions', 'Margins are no smaller than 1 inch.', 'offeror', 'mandatory', 'implied'],
    ['instructions', 'Resumes are capped at 2 pages.', 'offeror', 'mandatory', 'implied'],
    ['instructions', 'Page limit: 25 pages.', 'offeror', 'mandatory', 'implied'],
    ['instructions', 'Technical Volume: 30 pages maximum.', 'offeror', 'mandatory', 'implied'],
    [
      'instructions',
      'The index is excluded from the page count, but resumes are limited to two (2) pages each.',
      'offeror',
      'mandatory',
      'implied',
    ],
    [
      'instructions',
      'The Agency requires an acceptance period of at least 90 days.',
      'offeror',
      'mandatory',
      'required_to',
    ],
    [
      'clauses',
      'All drawings shall be considered property of the City and shall be returned on request.',
      'contractor',
      'mandatory',
      'shall',
    ],
  ])('under %s: %s', (role, text, actor, obligation, modal) => {
    const { rows } = under(role, text);
    expect(rows.map((row) => [row.actor, row.obligation, row.modal])).toEqual([[actor, obligation, modal]]);
  });
});

describe('A sentence that binds nobody of ours is excluded for a reason', () => {
  test.each<[Role, string, string]>([
    ['work', 'The Government will provide keys and power.', 'government_duty'],
    ['work', 'All reports shall be inspected by the COR within five days.', 'government_duty'],
    ['work', 'The Contracting Officer may extend the term.', 'government_duty'],
    ['work', 'Keys will be provided to the Contractor at award.', 'government_duty'],
    ['work', 'The Contractor will be notified of the start date.', 'government_duty'],
    ['work', 'The State intends to hire one firm.', 'government_duty'],
    ['work', 'The Contractor may use its own tools.', 'permission'],
    ['work', 'The Contractor is not required to supply a truck.', 'permission'],
    ['work', 'No travel is required.', 'permission'],
    ['work', 'The building has nine floors.', 'informational'],
    ['work', '“Shift” means eight hours of work.', 'definition'],
    ['instructions', 'The cover page is not counted toward the page limit.', 'permission'],
    ['instructions', 'Any quote that breaks these rules may be removed from consideration.', 'evaluation_statement'],
    ['instructions', 'The contract is limited to five years.', 'informational'],
    ['instructions', 'Awards are limited to two vendors.', 'informational'],
    ['instructions', 'The cover sheet is not counted toward the 25 page limit.', 'permission'],
    ['work', 'The hall is no more than 40 feet wide.', 'informational'],
    ['work', 'The Contractor may be required to work at night.', 'permission'],
    ['work', 'Overtime may be required.', 'permission'],
    ['work', 'Cash is not used, and therefore no additional invoice is required.', 'permission'],
    ['work', 'There is no need to sweep the roof.', 'permission'],
    ['work', 'As a clerk, I need to export the list.', 'informational'],
    ['work', 'Surveys show the user’s needs to design better halls.', 'informational'],
    ['work', 'Most of it is old data which will not need to be moved.', 'permission'],
    ['work', 'Follow up questions from the assessor may be required.', 'permission'],
    ['work', 'Progress will be tracked by badge and recorded by the COR.', 'government_duty'],
    ['work', 'Keys shall be counted, as the plan says, by the COR.', 'government_duty'],
    ['instructions', 'Late quotations will not be considered.', 'evaluation_statement'],
    ['instructions', 'Refer to Attachment 2 for details.', 'informational'],
    ['instructions', 'Please note that the site is closed on Sundays.', 'informational'],
    ['instructions', 'Questions will be answered by addendum.', 'government_duty'],
    ['instructions', 'Is a site visit required?', 'informational'],
    ['evaluation', 'Proposals will be evaluated on price and approach.', 'evaluation_statement'],
    ['evaluation', 'Award will be made to the lowest bidder.', 'evaluation_statement'],
    ['evaluation', 'The Government shall evaluate each factor.', 'evaluation_statement'],
    ['clauses', '(End of clause)', 'boilerplate'],
    ['work', 'General Objectives .......... 4', 'toc'],
  ])('under %s: %s (%s)', (role, text, reason) => {
    const matrix = under(role, text);
    expect(matrix.rows).toEqual([]);
    expect(reasons(matrix)).toEqual([reason]);
  });
});

describe('Conditions', () => {
  test('before the duty make it conditional and are kept', () => {
    const [row] = under('work', 'If a leak occurs, the Contractor shall close the valve.').rows;
    expect(row).toMatchObject({ obligation: 'conditional', conditionText: 'If a leak occurs', actor: 'contractor' });
  });

  test('that start with "Should" are not taken for a wish', () => {
    const [row] = under('work', 'Should the pump fail, the Contractor shall replace it.').rows;
    expect(row).toMatchObject({ obligation: 'conditional', modal: 'shall' });
  });

  test('do not hide the side that acts when it is not the first named', () => {
    const [row] = under('work', 'When the Government reports a fault, the Contractor shall repair it.').rows;
    expect(row?.actor).toBe('contractor');
  });

  test('a permission with an exception that binds is a row', () => {
    const [row] = under(
      'work',
      'The Contractor may set its hours except that the Contractor shall answer calls at noon.',
    ).rows;
    expect(row).toMatchObject({ modal: 'shall', actor: 'contractor' });
  });
});

describe('Questions and answers', () => {
  const answers = (...specs: BlockSpec[]): ComplianceMatrix => {
    const document = buildDocument(specs, { fileName: 'Questions and Answers.md' });
    const base = buildDocument(['# Statement of Work', 'The Contractor shall sweep.'], { fileName: 'RFP.md' });
    const { complianceMatrix } = analyzePackage([base, document], ['compliance-matrix']);
    if (complianceMatrix === undefined) throw new Error('no matrix');
    return { ...complianceMatrix, rows: complianceMatrix.rows.filter((row) => row.source.documentRole === 'qa') };
  };

  test('that ask the buyer to confirm are no instructions', () => {
    expect(answers('Please confirm the number of floors.', 'This cannot be provided at this time.').rows).toEqual([]);
  });

  test('that refuse a wish bind nobody', () => {
    const refusals = ['The page limit cannot be increased.', 'No additional dates can be given.'];
    expect(answers(...refusals).rows).toEqual([]);
  });

  test('that state a duty are rows for a person to look at', () => {
    const [row] = answers('The Contractor shall also sweep the roof.').rows;
    expect(row?.verification.status).toBe('needs_review');
  });
});

describe('What a row may cost', () => {
  test('is the award only where an offer is rejected', () => {
    expect(under('instructions', 'Offerors must sign or their quote will be rejected.').rows[0]?.risk).toBe(
      'disqualifying',
    );
    expect(under('work', 'The Contractor shall correct rejected items in a day.').rows[0]?.risk).toBe('medium');
  });
});

test('Who gains by a duty is not taken for who does it', () => {
  const [row] = under('work', 'Employees who are blind must have equal access to the data.').rows;
  expect(row?.verification.status).toBe('needs_review');
});

test('A short first sentence that states a limit is no heading', () => {
  const { rows } = under('instructions', 'The Price Quote is limited to ten pages. Offerors shall number them.');
  expect(rows).toHaveLength(2);
});

describe('Tables', () => {
  test.each([
    ['Deliverable1', 'Delivery Date(s)2'],
    ['Deliverable¹', 'Due Date²'],
  ])('of deliverables are known by their head although a note’s mark is glued to it: %s, %s', (what, when) => {
    const table: BlockSpec = {
      kind: 'table',
      rows: [
        [what, when],
        ['Work plan', '10 days after award'],
      ],
    };
    expect(under('work', table).rows).toHaveLength(1);
  });

  test('of deliverables give one row per line, quoting the line', () => {
    const table: BlockSpec = {
      kind: 'table',
      rows: [
        ['Deliverable', 'Due Date'],
        ['Work plan', '10 days after award'],
        ['Logbook', 'Monthly'],
      ],
    };
    const { rows, coverage } = under('work', table);
    expect(rows.map((row) => [row.requirementText, row.modal, row.actor])).toEqual([
      ['Work plan | 10 days after award', 'implied', 'contractor'],
      ['Logbook | Monthly', 'implied', 'contractor'],
    ]);
    expect(coverage.inMatrix).toBe(4);
    expect(coverage.unresolved).toEqual([]);
  });

  test('of other things give rows only for cells that bind', () => {
    const table: BlockSpec = {
      kind: 'table',
      rows: [
        ['Area', 'Notes'],
        ['Lobby', 'The Contractor shall polish the floor. It is marble.'],
      ],
    };
    expect(under('work', table).rows.map(({ requirementText }) => requirementText)).toEqual([
      'The Contractor shall polish the floor.',
    ]);
  });
});

describe('What the section adds', () => {
  test('an offeror’s duty belongs to the proposal, a contractor’s comes after award', () => {
    expect(under('instructions', 'Offerors shall sign.').rows[0]?.timing).toBe('proposal');
    expect(under('work', 'The Contractor shall sweep.').rows[0]?.timing).toBe('post_award');
  });

  test('weak evidence makes a row that a person has to look at', () => {
    const [row] = under('work', 'The lobby shall be dusted at night.').rows;
    expect(row).toMatchObject({ actor: 'contractor', verification: { status: 'needs_review' } });
    expect(under('work', 'The Contractor shall dust.').rows[0]?.verification.status).toBe('machine_verified');
  });

  test('a Government duty and ours in one sentence give a row', () => {
    const [row] = under(
      'instructions',
      'The Government will open bids at noon and offerors shall remain outside.',
    ).rows;
    expect(row?.actor).toBe('offeror');
  });
});
