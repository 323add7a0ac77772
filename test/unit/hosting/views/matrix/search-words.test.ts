import { describe, expect, test } from '@jest/globals';
import { excerpt, markWords, matcherOf, searchWords } from '../../../../../hosting/src/views/matrix/search-words.ts';

const marked = (text: string, search: string): string =>
  markWords(text, matcherOf(searchWords(search)))
    .map(({ text: part, isMatch }) => (isMatch ? `[${part}]` : part))
    .join('');

describe('search words', () => {
  test('are in small letters, each once, whatever the white space', () => {
    expect(searchWords('  Site\tVISIT site ')).toEqual(['site', 'visit']);
    expect(searchWords('  ')).toEqual([]);
  });

  test('are marked wherever they stand, in the case of the text', () => {
    expect(marked('The Site visit: a site.', 'site VISIT')).toBe('The [Site] [visit]: a [site].');
  });

  test('are marked as they are, signs of regular expressions too', () => {
    expect(marked('See L.4(a) and LX4(a).', 'l.4(a)')).toBe('See [L.4(a)] and LX4(a).');
    expect(marked('a-b [c] {d} \\e/f', '- [c] {d} \\e/f')).toBe('a[-]b [[c]] [{d}] [\\e/f]');
  });

  test('that begin with one another are marked as far as the longer one goes', () => {
    expect(marked('reporting', 'report reporting')).toBe('[reporting]');
  });

  test('change no character of the text', () => {
    const text = 'İstanbul ẞ 😀 shall';
    const parts = markWords(text, matcherOf(['shall']));
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(parts.map(({ at }) => text.slice(at))).toEqual([text, 'shall']);
  });

  test('not given leave the text as one part', () => {
    expect(markWords('text', matcherOf([]))).toEqual([{ at: 0, text: 'text', isMatch: false }]);
  });
});

describe('an excerpt', () => {
  const long = `${'word '.repeat(60)}needle at the end`;

  test('of a text whose match is seen anyway is the whole text', () => {
    expect(excerpt('a needle', matcherOf(['needle']))).toBe('a needle');
    expect(excerpt(long, null)).toBe(long);
    expect(excerpt(long, matcherOf(['absent']))).toBe(long);
  });

  test('of a text whose match stands far back begins shortly before it, with a whole word', () => {
    const shown = excerpt(long, matcherOf(['needle']));
    expect(shown).toMatch(/^… word (word )*needle at the end$/);
    expect(shown.indexOf('needle')).toBeLessThan(60);
  });

  test('of a text without blanks begins with the match', () => {
    expect(excerpt(`${'x'.repeat(300)}needle`, matcherOf(['needle']))).toBe('… needle');
  });
});
