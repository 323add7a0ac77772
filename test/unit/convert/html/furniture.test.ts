import { describe, expect, test } from '@jest/globals';
import { fromHtml } from '../../../../functions/src/convert/from-html.ts';
import { content, running } from './read-html.ts';

const BODY = '<p>The text of the page goes on for quite a while, so that it is most of what there is to read here.</p>';

describe('what stands around the content of a page', () => {
  test('is kept as lines beside the text: menus, the head and foot of the site, side bars, notices', () => {
    const page =
      '<header><a href="/">Site</a><nav><ul><li><a href="/a">A</a><li><a href="/b">B</a></ul></nav></header>' +
      '<div class="cookie-banner">We use cookies</div>' +
      `<main><article><header><h1>Title</h1></header>${BODY}<footer>Filed under B</footer></article></main>` +
      '<aside>See also</aside><footer><p>Copyright</p><p>Contact</p></footer>';
    expect(content(page)).toBe(`# Title\n\n${BODY.slice(3, -4)}\n\nFiled under B\n`);
    expect(running(page)).toEqual([
      'head Site',
      'head • A',
      'head • B',
      'foot We use cookies',
      'foot See also',
      'foot Copyright',
      'foot Contact',
    ]);
  });

  test('is known by usual names too, where a page is made of divisions', () => {
    const page =
      '<a class="skip-link" href="#c">Skip</a><div id="nav"><a href="a">Home</a> <a href="b">About</a></div>' +
      `<div id="header"><h1>Notice</h1></div><div id="c">${BODY}</div><div class="site footer">Legal</div>`;
    expect(content(page)).toBe(`# Notice\n\n${BODY.slice(3, -4)}\n`);
    expect(running(page)).toEqual(['head Skip', 'head Home About', 'foot Legal']);
  });

  test('is what only those see who listen to the page: links that skip to the content, texts cut down to nothing', () => {
    const skip = '<a href="#c">Skip to content</a>';
    const clipped = '<span style="position:absolute; clip: rect(0, 0, 0, 0)">opens a window</span>';
    const body = `<h1>Title</h1><p>See <a href="/x">the list<span class="sr-only"> of names</span></a>${clipped}.</p>${BODY}`;
    const page = `${skip}<main id="c">${body}</main>`;
    expect(content(page)).toBe(`# Title\n\nSee [the list](/x).\n\n${BODY.slice(3, -4)}\n`);
    expect(running(page)).toEqual(['head Skip to content', 'head of names', 'head opens a window']);
    expect(content(`<div>${skip}</div><div id="c">${body}</div>`)).not.toContain('Skip');
  });

  test('is no link in a sentence, no entry of a table of contents, no text in the place of a picture, nor the only title', () => {
    const main = `<main id="c"><h2 id="s">One</h2>${BODY}</main>`;
    expect(content(`<p>As in <a href="#c">the text</a>.</p>${main}`)).toContain('As in the text.');
    expect(content(`<p><a href="#s">First part</a></p>${main}`)).toContain('First part');
    expect(
      content(`<main><table><tr><td><i></i><span class="sr-only">Yes</span></td></tr></table>${BODY}</main>`),
    ).toContain('Yes');
    expect(content(`<main><h1 class="visually-hidden">Rules</h1>${BODY}</main>`)).toContain('# Rules\n');
    const four = ['a', 'b', 'c', 'd'].map((id) => `<p><a href="#${id}">Part ${id}</a></p>`).join('');
    expect(content(`${four}${main}`)).toContain('Part a');
  });

  test('is not a menu that leads into the page, nor a division with text of its own', () => {
    const contents = '<nav><ul><li><a href="#a">One</a></ul></nav>';
    expect(content(`${contents}<h1 id="a">One</h1>${BODY}`)).toContain('- One\n');
    expect(content(`<div class="sidebar"><p>A rule that counts.</p></div>${BODY}`)).toContain('A rule that counts.');
    expect(content(`<section><footer>Signed</footer>${BODY}</section>`)).toContain('Signed');
  });

  test('stays if nothing would be left, and in what is a part of something else', () => {
    const menu = '<nav><ul><li><a href="/a">A</a></ul></nav>';
    expect(content(menu)).toBe('- [A](/a)\n');
    const bytes = new TextEncoder().encode(`${menu}${BODY}`);
    expect(fromHtml({ bytes, fileName: 'a.html' }, 'part').runningLines).toEqual([]);
  });
});
