import { describe, expect, test } from '@jest/globals';
import { plainFileName } from '../../../functions/src/contracts/file-name.ts';

describe('the name of a file', () => {
  test.each([
    ['tender.pdf', 'tender.pdf'],
    ['C:\\bids\\2026\\tender.pdf', 'tender.pdf'],
    ['bids/2026/tender.pdf', 'tender.pdf'],
    ['Ausschreibung für Büro – 2.docx', 'Ausschreibung für Büro – 2.docx'],
    ['入札 公告.pdf', '入札 公告.pdf'],
    ['מכרז.pdf', 'מכרז.pdf'],
    ['"><img src=x onerror=alert(1)>.md', '"><img src=x onerror=alert(1)>.md'],
  ])('%s is shown as %s', (fileName, shown) => {
    expect(plainFileName(fileName)).toBe(shown);
  });

  test.each([
    ['an override of the direction of writing', 'annex\u202efdp.md', 'annexfdp.md'],
    ['isolates and marks', '\u2066annex\u2069\u200f\u061c.md', 'annex.md'],
    ['control characters', 'annex\u0000\u0007\u001b[31m.md', 'annex[31m.md'],
    ['ends of lines', 'annex\n\r\u0085\u2028\u2029.md', 'annex.md'],
  ])('loses %s, so that it cannot look like another', (_, fileName, shown) => {
    expect(plainFileName(fileName)).toBe(shown);
  });

  test.each(['', '/', 'bids/', '\u202e'])('is never empty: %j', (fileName) => {
    expect(plainFileName(fileName)).toBe('document');
  });
});
