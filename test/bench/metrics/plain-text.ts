/**
 * One neutral spelling of Markdown, through which truth and prediction both pass before anything is compared: emphasis,
 * links, escapes, bullet glyphs and rules then cost nothing. Tables, headings and list items keep their marks.
 */

type Rule = readonly [pattern: RegExp, replacement: string | ((match: string, ...groups: string[]) => string)];

const applyAll = (text: string, rules: readonly Rule[]): string =>
  rules.reduce(
    (result, [pattern, replacement]) =>
      typeof replacement === 'string' ? result.replace(pattern, replacement) : result.replace(pattern, replacement),
    text,
  );

const BULLET_GLYPHS =
  '\u2022\u25cf\u25aa\u25a0\u25e6\u25cb\u2023\u2043\u2013\u2014\u00b7\uf0b7\uf0a7\u25b8\u25ba\u27a2';
/** HTML elements that only style or group what they hold. */
const TRANSPARENT_ELEMENTS = [
  ...['u', 'b', 'i', 'em', 'strong', 'span', 'sup', 'sub', 'mark', 'ins', 'del', 'font', 'a', 'p', 'div', 'img'],
  ...['center', 'small', 'code', 'ul', 'ol', 'section', 'page', 'figure', 'figcaption'],
].join('|');
/** The end of an element's name. */
const NAME_END = '(?![\\p{L}\\p{N}_])';

const CHARACTERS: readonly Rule[] = [
  [/\r\n?|\f/g, '\n'],
  [/\u00a0/g, ' '],
  [/\u00ad/g, ''],
];

const DOCUMENT: readonly Rule[] = [
  // YAML front matter
  [/^\ufeff?---\n(?:[^\n]*\n){1,40}?---\n/, ''],
  // Separators that count as line ends, and the byte order mark that is no space.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these control characters are what is replaced
  [/[\x1c-\x1f\x85\u2028\u2029]/g, '\v'],
  [/\ufeff/g, '\u2060'],
  // {#anchor} after a heading
  [/^(#{1,6} .*?)\s*\{#[^}\n]*\}\s*$/gm, '$1'],
  [/<!--[\s\S]*?-->/g, ''],
  [/!\[[^\]]*\]\([^)]*\)/g, ''],
  // [text](target "title") and <target>
  [/(?<!\\)\[((?:[^[\]\\]|\\.)*)\]\((?:<[^>]*>|[^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s+"[^"]*")?\)/g, '$1'],
  [/<(https?:\/\/[^>\s]+|mailto:[^>\s]+|[^<>\s@]+@[^<>\s@]+)>/g, '$1'],
  [/<h([1-6])[^>]*>(.*?)<\/h\1>/gi, (_all, level = '1', title = '') => `\n${'#'.repeat(Number(level))} ${title}\n`],
  [/<li[^>]*>(?=[^<]*<\/li>)/gi, '\u2022 '],
  [new RegExp(`</?li${NAME_END}[^>]*>`, 'giu'), ' '],
  [new RegExp(`</?(?:${TRANSPARENT_ELEMENTS})${NAME_END}[^>]*>`, 'giu'), ''],
  [/\\\|/g, '/'],
];

/** For lines that are not rows of a table. */
const LINE: readonly Rule[] = [
  [/<br\s*\/?>/gi, ' '],
  // "- • text", then any one bullet, then any one number
  [new RegExp(`^(\\s*)[-*+]\\s+[${BULLET_GLYPHS}]\\s*`), '$1- '],
  [new RegExp(`^(\\s*)(?:[*+\\-${BULLET_GLYPHS}]|\\\\-)\\s+(?=\\S)`), '$1- '],
  [/^(\s*)(?:-\s+)?\(?(\d{1,3})(?:\\?[.)])\s+(?=\S)/, '$1$2. '],
];

const INLINE: readonly Rule[] = [
  [/(\*\*\*|\*\*)(?=\S)(.+?)(?<=\S)\1/g, '$2'],
  [/(?<![\p{L}\p{N}_*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\p{L}\p{N}_*])/gu, '$1'],
  [/(?<![\p{L}\p{N}_])(__|_)(?=[^\s_])([^\n]+?)(?<=[^\s_])\1(?![\p{L}\p{N}_])/gu, '$2'],
  [/~~(?=\S)(.+?)(?<=\S)~~/g, '$1'],
  [/\*\*|`/g, ''],
  [/\\([\\`*_{}[\]()#+\-.!<>~$&"'=:;,/@%^?])/g, '$1'],
  [/&nbsp;/g, ' '],
  [/&amp;/g, '&'],
  [/&quot;/g, '"'],
  [/&#39;|&#x27;/g, "'"],
  [/&gt;/g, '>'],
  [/\n{3,}/g, '\n\n'],
];

const FENCE = /^(?:`{3,}|~{3,})/;
const RULE = /^(?:[-*_]\s*){3,}$/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;

/** The level that a line of = or - gives to the line above it, or null. `source` is that line as it was written. */
const underlinedLevel = (line: string, above: string, source: string): 1 | 2 | null => {
  const title = above.trim();
  if (!title) return null;
  if (/^={3,}$/.test(line)) return 1;
  const isText = !title.includes('|') && !/^\s*(?:[-#]|\d+\.) /.test(above) && source.trim() !== '';
  return isText && /^-{3,}$/.test(line) ? 2 : null;
};

const plainLine = (line: string): string => {
  const unquoted = line.replace(/^(?:\s*>\s?)+/, '');
  const isTableRow = unquoted.trim().startsWith('|');
  return (isTableRow ? unquoted : applyAll(unquoted, LINE)).replace(HEADING, '$1 $2');
};

export const plainText = (markdown: string): string => {
  const lines = applyAll(applyAll(markdown, CHARACTERS), DOCUMENT).split('\n');
  const kept: string[] = [];
  for (const [index, line] of lines.entries()) {
    const trimmed = line.trim();
    if (FENCE.test(trimmed)) continue;
    const above = kept.at(-1) ?? '';
    const level = underlinedLevel(trimmed, above, lines[index - 1] ?? '');
    if (level !== null) kept[kept.length - 1] = `${'#'.repeat(level)} ${above.trim()}`;
    else if (!RULE.test(trimmed)) kept.push(plainLine(line));
  }
  return `${applyAll(kept.join('\n'), INLINE).trim()}\n`;
};

export const collapseSpace = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Lines with their ends; a vertical tab ends a line as well. */
export const linesOf = (text: string): string[] => text.match(/[^\n\v]*[\n\v]|[^\n\v]+$/g) ?? [];

/** Letters a to z and digits, accents dropped: by these, headings and list items are compared. */
export const keyOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^0-9a-z]+/g, '');
