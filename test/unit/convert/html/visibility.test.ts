import { describe, expect, test } from '@jest/globals';
import { read, write } from './read-html.ts';

const reasons = (html: string) =>
  read(html).safety.map(({ reason, characters, excerpt }) => [reason, characters, excerpt]);

describe('text that the eye does not see', () => {
  test.each([
    ['hidden', '<b hidden>x y</b>'],
    ['hidden', '<b style="display:none">x y</b>'],
    ['hidden', '<b style="visibility: hidden !important">x y</b>'],
    ['hidden', '<b style="opacity:0">x y</b>'],
    ['hidden', '<b style="color:transparent">x y</b>'],
    ['off_page', '<b style="position:absolute;left:-9999px">x y</b>'],
    ['tiny', '<b style="font-size:1px">x y</b>'],
    ['tiny', '<b style="font-size:0">x y</b>'],
    ['same_colour', '<b style="color:#FFF">x y</b>'],
    ['same_colour', '<font color="white">x y</font>'],
    ['same_colour', '<b style="color:rgb(0,0,128);background:navy">x y</b>'],
    ['comment', '<!-- x y -->'],
  ])('is left out and told: %s, %s', (reason, html) => {
    expect(write(`<p>seen${html}</p>`)).toBe('seen\n');
    expect(reasons(`<p>seen${html}</p>`)).toEqual([[reason, 3, 'x y']]);
  });

  test('is also looked for in hidden rows and cells of tables', () => {
    const table = '<table><tr><td>a<td>b<tr hidden><td>c<td>d<tr><td>e<td style="display:none">f<td>g</table>';
    expect(reasons(table)).toEqual([['hidden', 3, 'cd f']]);
  });
});

describe('text is seen', () => {
  test.each([
    '<div style="background-color:#003366"><p style="color:white">seen</p></div>',
    '<table bgcolor="navy"><tr><td><font color="white">seen</font></td></tr></table>',
    '<table><thead style="background:navy;color:white"><tr><td>seen</td></tr></thead></table>',
    '<style>.a{background:navy}</style><p class="a" style="color:white">seen</p>',
    '<link rel="stylesheet" href="a.css"><p style="color:white">seen</p>',
    '<div style="font-size:0"><p style="font-size:14px">seen</p></div>',
    '<!--[if mso]><p>x</p><![endif]--><p>seen</p>',
    '<p aria-hidden="true">seen</p>',
  ])('on a ground that differs or is not known, and in a size of its own: %s', (html) => {
    expect(write(html)).toBe('seen\n');
    expect(reasons(html)).toEqual([]);
  });
});
