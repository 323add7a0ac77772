/** Canonical Markdown to plain text with a way back: each character of the text knows where it stands in the Markdown. */
import entities from './rules/entities.json' with { type: 'json' };

export interface PlainText {
  /** No Markdown or HTML marks, entities decoded, white space collapsed to single blanks, none at the ends. */
  text: string;
  /** For each UTF-16 unit of `text`, the offset in the source of the construct that it came from. */
  offsets: number[];
  /** Marks that hold white space (link targets, comments) and must not be cut: start → end offset. */
  unbreakable: Map<number, number>;
}

const NAMED_ENTITIES: ReadonlyMap<string, string> = new Map(Object.entries(entities));

const TAGS =
  'a|abbr|b|blockquote|br|caption|center|cite|code|col|colgroup|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|samp|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var';

/** The alternatives are tried in order at each place; the first character of each is in the quick class below. */
const MARK = new RegExp(
  [
    '(?<comment><!--(?:(?!<!--)[\\s\\S])*?-->)',
    '<(?<autolink>(?:https?:|mailto:|ftp:)[^<>\\s]+|[^<>\\s@]+@[^<>\\s]+)>',
    `(?<tag></?(?:${TAGS})(?:\\s[^<>]*)?/?>)`,
    '(?<linkOpen>!?\\[(?=(?:[^\\[\\]\\\\]|\\\\.){0,2000}\\]\\((?:[^()\\s]|\\([^()\\s]*\\))*(?:\\s+"[^"]*")?\\)))',
    '(?<linkEnd>\\]\\((?:[^()\\s]|\\([^()\\s]*\\))*(?:\\s+"[^"]*")?\\))',
    '(?<footnote>\\[\\^[^\\]\\s]+\\])',
    '\\\\(?<escaped>[!-/:-@\\[-`{-~])',
    '(?<hardBreak>\\\\(?=\\r?\\n))',
    '&(?:#(?<decimal>\\d{1,7})|#[xX](?<hex>[0-9a-fA-F]{1,6})|(?<named>[A-Za-z][A-Za-z0-9]{1,9}));',
    '(?<stars>\\*+)',
    '(?<underscores>_+)',
    '(?<ticks>`+|~~)',
    '(?<quotePrefix>\\n[ \\t]*>[ \\t>]*)',
    '(?<invisible>[\\u00ad\\u200b\\u2060\\ufeff])',
  ].join('|'),
  'gi',
);

const SPACING_TAG = /^<\/?(?:br|p|div|li|td|th|tr|h\d|dd|dt|hr|table|ul|ol)\b/i;
const WHITE = /\s/;
const WORD = /[\p{L}\p{N}]/u;

const codePoint = (value: number): string =>
  value > 0 && value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff) ? String.fromCodePoint(value) : '\ufffd';

const isWhite = (character: string | undefined): boolean => character === undefined || WHITE.test(character);
const isWord = (character: string | undefined): boolean => character !== undefined && WORD.test(character);

/** What a mark leaves behind: its text, or a blank, or nothing. `undefined`: it is not a mark here, keep it. */
const replacementOf = (match: RegExpExecArray, source: string): string | undefined => {
  const groups = match.groups ?? {};
  const before = source[match.index - 1];
  const after = source[match.index + match[0].length];
  if (groups.autolink !== undefined) return groups.autolink;
  if (groups.escaped !== undefined) return groups.escaped;
  if (groups.tag !== undefined) return SPACING_TAG.test(groups.tag) ? ' ' : '';
  if (groups.decimal !== undefined) return codePoint(Number.parseInt(groups.decimal, 10));
  if (groups.hex !== undefined) return codePoint(Number.parseInt(groups.hex, 16));
  if (groups.named !== undefined) return NAMED_ENTITIES.get(groups.named);
  if (groups.stars !== undefined) return isWhite(before) && isWhite(after) ? undefined : '';
  if (groups.underscores !== undefined) {
    return groups.underscores.length > 2 || isWord(before) === isWord(after) ? undefined : '';
  }
  return groups.quotePrefix !== undefined || groups.hardBreak !== undefined ? ' ' : '';
};

/** Plain text of a leaf's slice. `raw` leaves marks alone (code). */
export const toPlainText = (source: string, raw = false): PlainText => {
  const parts: string[] = [];
  const offsets: number[] = [];
  const unbreakable = new Map<number, number>();
  let endsWhite = true;
  const put = (character: string, offset: number): void => {
    if (WHITE.test(character)) {
      if (endsWhite) return;
      endsWhite = true;
      parts.push(' ');
      offsets.push(offset);
      return;
    }
    endsWhite = false;
    parts.push(character);
    offsets.push(offset);
  };
  const putSource = (from: number, to: number): void => {
    for (let index = from; index < to; index++) put(source[index] ?? '', index);
  };
  let position = /^\s*#{0,6}/.exec(raw ? '' : source)?.[0].length ?? 0;
  if (!raw) {
    MARK.lastIndex = position;
    for (let match = MARK.exec(source); match; match = MARK.exec(source)) {
      putSource(position, match.index);
      const replacement = replacementOf(match, source);
      for (const character of (replacement ?? match[0]).split('')) put(character, match.index);
      position = match.index + match[0].length;
      if (replacement !== undefined && WHITE.test(match[0])) unbreakable.set(match.index, position);
    }
  }
  putSource(position, source.length);
  if (parts.at(-1) === ' ') {
    parts.pop();
    offsets.pop();
  }
  return { text: parts.join(''), offsets, unbreakable };
};
