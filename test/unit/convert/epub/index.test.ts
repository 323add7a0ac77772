import { describe, expect, test } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { fromEpub } from '../../../../functions/src/convert/epub/index.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { reasonOf } from '../../../support/reason-of.ts';

const limits = { pdfBytes: 1e9, officeBytes: 1e9, textBytes: 1e9, otherBytes: 1e9, unpackedBytes: 1e6 };
const page = (body: string, head = '<title/>') =>
  `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head>${head}</head><body>${body}</body></html>`;
const item = (id: string, href: string, more = '') =>
  `<item id="${id}" href="${href}" media-type="application/xhtml+xml" ${more}/>`;
const META = '<dc:title>Harbour</dc:title><dc:creator>A. Clerk</dc:creator><dc:language>en-GB</dc:language>';

/** Files in the folder of the package; the spine is the items in their order, if it is not given. */
const book = (files: Record<string, string>, items: string[], { spine = '', guide = '', more = {} } = {}) => {
  const refs = items.map((entry) => `<itemref idref="${/id="([^"]*)"/.exec(entry)?.[1]}"/>`).join('');
  const opf = `<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>${META}</metadata><manifest>${items.join('')}</manifest><spine>${spine || refs}</spine>${guide}</package>`;
  const all: Record<string, string> = {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
    'OPS/book.opf': opf,
    ...Object.fromEntries(Object.entries(files).map(([name, content]) => [`OPS/${name}`, content])),
    ...more,
  };
  return zipSync(Object.fromEntries(Object.entries(all).map(([name, content]) => [name, strToU8(content)])));
};
const read = (bytes: Uint8Array, more = {}) => fromEpub({ bytes, fileName: 'a.epub' }, { ...limits, ...more });
const write = (bytes: Uint8Array) => toMarkdown(read(bytes), 'd0').markdown;

describe('a book', () => {
  test('Its documents are read in the order of the spine, without the one for navigation', () => {
    const files = {
      'two.xhtml': page('<h1>Two</h1>'),
      'one%20a.xhtml': '',
      'one a.xhtml': page('<h1>One</h1>'),
      'nav.xhtml': page('contents'),
    };
    const items = [item('n', 'nav.xhtml', 'properties="nav"'), item('b', 'two.xhtml'), item('a', 'one%20a.xhtml')];
    const spine = '<itemref idref="n"/><itemref idref="a"/><itemref idref="b"/>';
    expect(write(book(files, items, { spine }))).toBe('# One\n\n# Two\n');
  });

  test('The contents page that an old book names in its guide is left out', () => {
    const files = { 'toc.html': page('contents'), 'a.html': page('<p>Text</p>') };
    const guide = '<guide><reference type="toc" href="toc.html#x"/></guide>';
    expect(write(book(files, [item('t', 'toc.html'), item('a', 'a.html')], { guide }))).toBe('Text\n');
  });

  test('A title page is beside the text if this has a title of its own, and the beginning of a book with several chapters', () => {
    const files = (text: string) => ({ 't.html': page('<h1>Harbour</h1> <p>A. Clerk</p>'), 'a.html': page(text) });
    const items = [item('t', 't.html'), item('a', 'a.html')];
    const titled = read(book(files('<h1>Rules of the harbour</h1><h2>Boats</h2>'), items));
    expect(toMarkdown({ ...titled, runningLines: [] }, 'd0').markdown).toBe('# Rules of the harbour\n\n## Boats\n');
    expect(titled.runningLines.map(({ text }) => text)).toEqual(['Harbour', 'A. Clerk']);
    expect(write(book(files('<h1>One</h1><h1>Two</h1>'), items))).toBe('# Harbour\n\nA. Clerk\n\n# One\n\n# Two\n');
  });

  test('Title, author and language are what the package states', () => {
    const { title, language, metadata } = read(book({ 'a.html': page('<p>x</p>') }, [item('a', 'a.html')]));
    expect([title, language, metadata.author]).toEqual(['Harbour', 'en-GB', 'A. Clerk']);
  });

  test('Elements closed in themselves swallow nothing of what follows', () => {
    const body = '<h1><a id="x"/>One</h1><script src="a.js"/><p>Text<br/>more</p>';
    expect(write(book({ 'a.html': page(body) }, [item('a', 'a.html')]))).toBe('# One\n\nText  \nmore\n');
  });

  test('Links inside the book are text, links to outside stay', () => {
    const body = '<p><a href="b.html#n">next</a> <a href="https://example.org/">site</a></p>';
    expect(write(book({ 'a.html': page(body) }, [item('a', 'a.html')]))).toBe('next [site](https://example.org/)\n');
  });

  test('A document of the spine that is not there is said', () => {
    const { messages } = read(book({ 'a.html': page('<p>x</p>') }, [item('a', 'a.html'), item('b', 'gone.html')]));
    expect(messages.map(({ code }) => code)).toEqual(['PARTS_MISSING']);
  });
});

describe('refusals', () => {
  const encrypted = (uri: string, algorithm: string) => ({
    more: {
      'META-INF/encryption.xml': `<encryption><EncryptedData><EncryptionMethod Algorithm="${algorithm}"/><CipherData><CipherReference URI="${uri}"/></CipherData></EncryptedData></encryption>`,
    },
  });
  const files = { 'a.html': page('<p>x</p>') };
  const items = [item('a', 'a.html')];

  test('A book whose text is locked is refused; one with only its fonts obscured is read', () => {
    const locked = book(files, items, encrypted('OPS/a.html', 'http://www.w3.org/2001/04/xmlenc#aes256-cbc'));
    expect(reasonOf(() => read(locked))).toBe('FILE_ENCRYPTED');
    const fonts = book(files, items, encrypted('OPS/a.otf', 'http://www.idpf.org/2008/embedding'));
    expect(write(fonts)).toBe('x\n');
  });

  test('A book that unpacks to more than the limit, or does not say where its text is, is refused', () => {
    expect(reasonOf(() => read(book(files, items), { unpackedBytes: 100 }))).toBe('ARCHIVE_TOO_LARGE');
    expect(reasonOf(() => read(zipSync({ 'META-INF/container.xml': strToU8('<container/>') })))).toBe('FILE_DAMAGED');
    const other = book(files, items, { more: { 'META-INF/container.xml': '<container' } });
    expect(reasonOf(() => read(other))).toBe('FILE_DAMAGED');
  });
});
