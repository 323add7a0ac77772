import { expect, test } from '@jest/globals';
import { outputNames } from '../../../../scripts/cli/output-names.ts';

test('Inputs with the same stem get names of their own', () => {
  expect(outputNames(['a/rfp.pdf', 'b/rfp.pdf', 'rfp.docx'], 'md', [])).toEqual(['rfp.md', 'rfp-2.md', 'rfp-3.md']);
});

test('A name that another file really has is not taken', () => {
  expect(new Set(outputNames(['rfp.pdf', 'rfp-2.pdf', 'rfp.docx'], 'md', [])).size).toBe(3);
});

test('Names that differ only in case count as the same, as some file systems have it', () => {
  expect(outputNames(['RFP.pdf', 'rfp.pdf'], 'md', [])).toEqual(['RFP.md', 'rfp-2.md']);
});

test('Names already taken are left alone', () => {
  expect(outputNames(['notes.md'], 'md', ['notes.md'])).toEqual(['notes-2.md']);
});
