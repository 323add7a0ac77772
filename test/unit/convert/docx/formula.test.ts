import { expect, test } from '@jest/globals';
import { formulaText } from '../../../../functions/src/convert/docx/formula.ts';
import { parseXml } from '../../../../functions/src/convert/ooxml/xml.ts';

const r = (text: string) => `<m:r><m:t>${text}</m:t></m:r>`;
const e = (inner: string) => `<m:e>${inner}</m:e>`;
const linear = (inner: string): string => formulaText(parseXml(`<m:oMath>${inner}</m:oMath>`));

test.each([
  ['a fraction', `<m:f><m:num>${r('a+b')}</m:num><m:den>${r('c')}</m:den></m:f>`, '(a+b)/c'],
  ['a power', `<m:sSup>${e(r('x'))}<m:sup>${r('2')}</m:sup></m:sSup>`, 'x^2'],
  [
    'an index and a power',
    `<m:sSubSup>${e(r('x'))}<m:sub>${r('i')}</m:sub><m:sup>${r('n-1')}</m:sup></m:sSubSup>`,
    'x_i^(n-1)',
  ],
  ['a root', `<m:rad><m:deg/>${e(r('2'))}</m:rad>`, '√(2)'],
  [
    'a sum',
    `<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>${r('i=1')}</m:sub><m:sup>${r('n')}</m:sup>${e(r('i'))}</m:nary>`,
    '∑_(i=1)^n i',
  ],
  ['brackets', `<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>${e(r('y'))}</m:d>`, '[y]'],
  ['a matrix', `<m:m><m:mr>${e(r('1'))}${e(r('2'))}</m:mr><m:mr>${e(r('3'))}${e(r('4'))}</m:mr></m:m>`, '[1 2; 3 4]'],
  ['what is not known', `<m:box>${e(r('z'))}</m:box>`, 'z'],
])('A formula is one line that keeps all its letters: %s', (_, inner, expected) => {
  expect(linear(inner)).toBe(expected);
});
