import { describe, expect, test } from '@jest/globals';
import { fromHtml } from '../../../functions/src/convert/from-html.ts';
import { toMarkdown } from '../../../functions/src/convert/to-markdown.ts';

const read = (html: string) => fromHtml({ bytes: new TextEncoder().encode(html), fileName: 'a.html' });
const write = (html: string) => toMarkdown(read(html), 'd0').markdown;

describe('HTML', () => {
  test('Headings, paragraphs and marks come through, white space as a browser shows it', () => {
    expect(write('<h2>The\n  <b>Title</b></h2>loose <i>text</i><p>one<br>two&nbsp;three</p>')).toBe(
      '## The **Title**\n\nloose *text*\n\none  \ntwo three\n',
    );
  });

  test('Lists keep their kind, depth, start and letters', () => {
    expect(write('<ol start=3><li>a<ul><li>b</ul><li>c</ol><ol type=a><li>x<li value=5>y</ol>')).toBe(
      '3. a\n   - b\n4. c\n\n- a. x\n- e. y\n',
    );
  });

  test('Lists count backwards, jump, or leave the markers to their items, as the page shows it', () => {
    expect(write('<ol reversed><li>x<li>y</ol>')).toBe('2. x\n1. y\n');
    expect(write('<ol start=5><li>x<li value=9>y<li>z</ol>')).toBe('5. x\n9. y\n10. z\n');
    expect(write('<ol style="list-style: none"><li>(a) x<li>(b) y</ol>')).toBe('- (a) x\n- (b) y\n');
  });

  test('Two line breaks part paragraphs, one does not', () => {
    expect(write('<div>one<br>line<br> <br>two<br></div>')).toBe('one  \nline\n\ntwo\n');
  });

  test('A heading may be one by its role, or a button that unfolds what is below', () => {
    expect(
      write('<div role="heading" aria-level="3">One</div><h2><button>Two</button></h2><p>x <button>Send</button>'),
    ).toBe('### One\n\n## Two\n\nx\n');
  });

  test('Relative links start from the base that the page states, and soft hyphens are not seen', () => {
    expect(write('<base href="https://x.example/d/"><p><a href="p.html">re&shy;lative</a>')).toBe(
      '[relative](https://x.example/d/p.html)\n',
    );
  });

  test('What a button of the page unfolds is text, though it is closed at first', () => {
    expect(write('<h2><button aria-controls="a">Who</button></h2><div id="a" hidden>All.</div><p hidden>x')).toBe(
      '## Who\n\nAll.\n',
    );
  });

  test('Form fields show what is filled in, ticked and chosen', () => {
    expect(
      write(
        '<p>Name <input value="Bo"> <input type=checkbox checked> yes <select><option>A<option selected>B</select><input type=submit value=Go>',
      ),
    ).toBe('Name Bo ☒ yes B\n');
  });

  test('A first row in bold is a header; tables that lay out a page are taken apart', () => {
    expect(write('<table><tr><td><b>A</b><td><b>B</b><tr><td>1<td>2</table>')).toBe(
      '| **A** | **B** |\n| --- | --- |\n| 1 | 2 |\n',
    );
    expect(write('<table><tr><td><h1>Page</h1><td><table><tr><th>A<th>B<tr><td>1<td>2</table></table>')).toBe(
      '# Page\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n',
    );
    expect(write('<table role="presentation"><tr><td>left<td>right</table>')).toBe('left\n\nright\n');
    expect(write('<table border=1><tr><td>a<td><table><tr><td>b<td>c</table></table>')).toContain('| a | b c |');
  });

  test('A list that stands between the items of another belongs to the item above', () => {
    expect(write('<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>')).toBe('- a\n  - b\n- c\n');
  });

  test('Tables keep spans, captions and headers; a table of one cell is layout', () => {
    expect(write('<table><caption>Dates</caption><tr><th>A<th>B<tr><td rowspan=2>1<td>2<tr><td>3</table>')).toBe(
      'Dates\n\n<table>\n<tr><th>A</th><th>B</th></tr>\n<tr><td rowspan="2">1</td><td>2</td></tr>\n<tr><td>3</td></tr>\n</table>\n',
    );
    expect(write('<table><tr><td><h1>Page</h1><p>text</p></table>')).toBe('# Page\n\ntext\n');
  });

  test('Code, quotations, definitions and pictures come through', () => {
    expect(write('<pre><code class="language-js">a\n  b</code></pre><blockquote><p>q</blockquote>')).toBe(
      '```js\na\n  b\n```\n\n> q\n',
    );
    expect(write('<dl><dt>Term<dd>Meaning</dl><p><img src=x alt="A map">')).toBe('- **Term**\n\n  Meaning\n\nA map\n');
  });

  test('Links go outside of the page or are plain text', () => {
    expect(write('<a href="http://a.example/x y">out</a> <a href="#in">in</a> <a href="javascript:x()">js</a>')).toBe(
      '[out](http://a.example/x%20y) in js\n',
    );
  });

  test('Scripts, styles and hidden elements are left out and reported', () => {
    const tree = read('<script>a()</script><style>b</style><p hidden>secret</p><p style="display: none">x</p><p>shown');
    expect(toMarkdown(tree, 'd0').markdown).toBe('shown\n');
    expect(tree.safety.map(({ code }) => code)).toEqual(['HIDDEN_TEXT', 'SCRIPT']);
  });

  test('Notes marked as such become notes', () => {
    const html =
      '<p>Text<a href="#fn1" role="doc-noteref"><sup>1</sup></a></p><section role="doc-endnotes"><ol><li id="fn1"><p>Note.<a href="#r" role="doc-backlink">up</a></p></ol></section>';
    expect(write(html)).toBe('Text[^fn1]\n\n[^fn1]: Note.\n');
  });

  test('Title, language and metadata are read', () => {
    const tree = read('<html lang="en-US"><title> My\n page</title><meta name=author content="A. Person"><p>x');
    expect([tree.title, tree.language, tree.metadata.author]).toEqual(['My page', 'en-US', 'A. Person']);
  });

  test.each(['div', 'b', 'ul><li', 'blockquote', 'table><tr><td'])(
    'Text nested thousands deep in <%s> is not lost',
    (tag) => {
      const tree = read(`${`<${tag}>`.repeat(3000)}deep text`);
      expect(JSON.stringify(tree.root)).toContain('deep text');
      expect(tree.messages.map(({ code }) => code)).toContain('NESTING_FLATTENED');
    },
  );

  test('The letters of formulas and the words in drawings are text; what only describes them is not', () => {
    expect(write('<p>It is <math><mi>x</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math> wide.')).toBe(
      'It is x=1/2 wide.\n',
    );
    expect(write('<svg><style>a{}</style><title>Map</title><text>North</text><text>pier</text></svg>')).toBe(
      'North pier\n',
    );
  });
});
