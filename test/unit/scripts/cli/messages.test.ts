import { expect, test } from '@jest/globals';
import { AppError } from '../../../../functions/src/errors.ts';
import { conversionWarnings, errorLine, shownPath } from '../../../../scripts/cli/messages.ts';
import { fakeConvert } from './fake-deps.ts';

test('An error is one line with its reason, also when the file name holds control characters', () => {
  const line = errorLine(new AppError('FILE_EMPTY', { fileName: 'a\n\u001b[31m.pdf' }));
  expect(line).toBe('error: a��[31m.pdf is empty (0 bytes). Export or download it again. [FILE_EMPTY]\n');
});

test('Warnings of one kind take one line together', async () => {
  const document = await fakeConvert({ bytes: new TextEncoder().encode('x'), fileName: 'a.pdf' });
  const warning = { level: 'warning' as const, code: 'FONT_UNMAPPED', pageNumber: 3, text: 'A font has no letters.' };
  const messages = [warning, { ...warning, pageNumber: 4 }, { ...warning, level: 'info' as const, code: 'NOTE' }];
  const safety = [{ code: 'MACROS' as const, text: 'The file holds macros.' }];
  expect(conversionWarnings({ ...document, messages, safety })).toEqual([
    'warning: a.pdf: page 3: A font has no letters. (and 1 more) [FONT_UNMAPPED]\n',
    'warning: a.pdf: The file holds macros. [MACROS]\n',
  ]);
});

test('A path below the working folder is shown short, any other in full', () => {
  expect(shownPath('/home/ana/rfp/out/a.md', '/home/ana/rfp')).toBe('out/a.md');
  expect(shownPath('/tmp/a.md', '/home/ana/rfp')).toBe('/tmp/a.md');
});
