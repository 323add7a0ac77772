import { describe, expect, test } from '@jest/globals';
import { planRun } from '../../../../functions/src/analyze/plan.ts';
import type { PackageContext } from '../../../../functions/src/contracts/analysis.ts';
import type { Document } from '../../../../functions/src/contracts/document.ts';
import { type BlockSpec, buildDocument } from '../../../support/build-document.ts';

const contextOf = (...documents: Document[]): PackageContext => planRun(documents, ['compliance-matrix']).context;
const doc = (fileName: string, ...specs: BlockSpec[]): Document =>
  buildDocument(specs.length > 0 ? specs : ['Text.'], { fileName });

describe('Documents of a package', () => {
  test('are told apart by name', () => {
    const documents = [
      doc('RFP 26-1.pdf'),
      doc('Amendment 0002.pdf'),
      doc('Attachment 3 Security.pdf'),
      doc('Questions and Answers.pdf'),
      doc('Attachment 1 Price Schedule.xlsx'),
    ];
    const { documents: found } = contextOf(...documents);
    expect(found.map(({ role }) => role)).toEqual(['base', 'amendment', 'attachment', 'qa', 'price_template']);
    expect(found[1]?.amendmentNo).toBe('2');
  });

  test('have exactly one base, even when no name says which', () => {
    const { documents } = contextOf(doc('a.pdf'), doc('b.pdf', 'Statement of work for cleaning.'));
    expect(documents.filter(({ role }) => role === 'base')).toHaveLength(1);
  });

  test('are told apart by their first text when the name is silent', () => {
    const { documents } = contextOf(
      doc('x.pdf', 'REQUEST FOR PROPOSALS'),
      doc('y.pdf', 'AMENDMENT OF SOLICITATION/MODIFICATION'),
    );
    expect(documents.map(({ role }) => role)).toEqual(['base', 'amendment']);
  });
});

describe('Parties', () => {
  const actor = (text: string, name: string): string | undefined =>
    contextOf(doc('rfp.md', text)).parties.find((party) => party.name === name)?.actor;

  test.each([
    ['Each Quoter shall sign.', 'quoter', 'offeror'],
    ['The Consultant shall report to the Client.', 'client', 'government'],
    ['The City of Elmira, New York (hereinafter "the Utility") seeks bids.', 'utility', 'government'],
    ['The successful firm (the “Operator”) runs the plant.', 'operator', 'contractor'],
    ['The Federal Motor Carrier Safety Administration (FMCSA) buys support.', 'fmcsa', 'government'],
    ['The Contracting Officer (CO) signs.', 'co', 'government'],
  ])('%s: "%s" is the %s', (text, name, expected) => {
    expect(actor(text, name)).toBe(expected);
  });

  test('"the Company" buys when a supplier sells', () => {
    expect(actor('The Company is vast. The Company buys. The Company pays each Supplier.', 'company')).toBe(
      'government',
    );
  });

  test('a name that either side may carry goes by its definition', () => {
    expect(actor('The Port Authority of Elmira ("Company") and its supplier agree.', 'company')).toBe('government');
  });

  test('An acronym of a thing is nobody', () => {
    expect(actor('Use Government Furnished Equipment (GFE) only.', 'gfe')).toBeUndefined();
  });
});

describe('Lead-ins', () => {
  const stems = (...specs: BlockSpec[]): { text: string; items: string[] }[] => {
    const document = doc('rfp.md', ...specs);
    const textOf = new Map(document.blocks.map(({ blockId, text }) => [blockId, text]));
    return contextOf(document).openStems.map(({ text, itemBlockIds }) => ({
      text,
      items: itemBlockIds.map((id) => textOf.get(id) ?? ''),
    }));
  };

  test('take the list that follows', () => {
    expect(stems('It rains. The Contractor shall:', '- sweep', '- mop', 'Next.')).toEqual([
      { text: 'The Contractor shall:', items: ['sweep', 'mop'] },
    ]);
  });

  test('take numbered paragraphs', () => {
    expect(stems('Submit the following:', '(a) a plan', '(b) a price', 'Unrelated text.')[0]?.items).toEqual([
      '(a) a plan',
      '(b) a price',
    ]);
  });

  test('reach over a running line at a page break', () => {
    const head: BlockSpec = { kind: 'header_footer', text: 'RFP 26-1', pageNumber: 2 };
    expect(stems('The Contractor shall:', '- sweep', head, '- mop')[0]?.items).toEqual(['sweep', 'mop']);
  });

  test('of an item take the items nested in it', () => {
    const found = stems('The Contractor shall:', '- clean:', '  - floors', '  - doors', '- report');
    expect(found.map(({ text }) => text)).toEqual(['The Contractor shall:', 'clean:']);
    expect(found[1]?.items).toEqual(['floors', 'doors']);
  });

  test('are not made of a paragraph that ends with a stop', () => {
    expect(stems('The floor is large.', '- red')).toEqual([]);
  });
});

describe('References', () => {
  test('know the document that they name when the package has it', () => {
    const base = doc('RFP.md', 'See Attachment 7 and Attachment 9.');
    const seven = doc('Attachment 07 Rates.md', 'Rates.');
    const { references } = contextOf(base, seven);
    expect(references.map(({ text, targetDocumentId }) => [text, targetDocumentId])).toEqual([
      ['Attachment 7', seven.documentId],
      ['Attachment 9', null],
    ]);
  });

  test('to a section find the document that has it', () => {
    const base = doc('RFP.md', '# L.4 Volumes', 'Text.');
    const other = doc('Attachment 1.md', 'Comply with Section L.4 here.');
    expect(contextOf(base, other).references[0]?.targetDocumentId).toBe(base.documentId);
  });
});

test('Defined terms are found with their block', () => {
  const { definedTerms } = contextOf(doc('rfp.md', '"Work Day" means any day but Sunday.', 'He has the means to pay.'));
  expect(definedTerms.map(({ term }) => term)).toEqual(['Work Day']);
});
