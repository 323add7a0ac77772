import { expect, test } from '@jest/globals';
import { cellText, escapeXml } from '../../../../functions/src/export/xlsx/xml-text.ts';

test('Markup characters are escaped', () => {
  expect(escapeXml('<a href="x">&</a>')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;');
});

test('Characters that XML cannot hold are dropped, all others kept', () => {
  expect(escapeXml('a\u0000b\u0007c\uFFFEd\uD800e\tf\ng😀')).toBe('abcde\tf\ng😀');
});

test('Line breaks become those that Excel shows', () => {
  expect(cellText('a\r\nb\rc')).toBe('a\nb\nc');
});

test('Text that looks like an Excel escape keeps its letters', () => {
  expect(cellText('file_x0041_name')).toBe('file_x005F_x0041_name');
});
