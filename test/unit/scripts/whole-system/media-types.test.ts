import { expect, test } from '@jest/globals';
import { declaredTypeOf } from '../../../../scripts/whole-system/media-types.ts';

test.each([
  ['a.pdf', 'not a PDF', 'application/pdf'],
  ['README', 'The Contractor shall deliver.', 'text/plain'],
  ['RFP v1.2', '%PDF-1.7', 'application/pdf'],
  ['page', '<!doctype html><p>x', 'text/html'],
  ['a.json', '{}', 'application/octet-stream'],
  ['empty', '', 'application/octet-stream'],
])('A file is declared by its name, else by its bytes: %s', (fileName, text, mediaType) => {
  expect(declaredTypeOf(fileName, new TextEncoder().encode(text))).toBe(mediaType);
});
