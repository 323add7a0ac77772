/** The page that Outlook wrote into RTF ([MS-OXRTFEX] 2.1): marks stand in groups named \*\htmltag, text stands between them. */
import { decodeBytes, encodingOf, encodingOfCharset } from '../rtf/charsets.ts';
import { type RtfToken, RtfTokens } from '../rtf/tokens.ts';

/** The sign that there is a page inside stands before any text. */
const HEAD_BYTES = 1024;
/** Of groups in groups; real files stay far below. */
const MAX_GROUPS = 5000;
/** Groups whose text is no text of the page; unknown ones are marked by \*. */
const LEFT_OUT = new Set(['fonttbl', 'colortbl', 'stylesheet', 'info', 'pict']);
const WORDS: Readonly<Record<string, string>> = {
  par: '\r\n',
  line: '\r\n',
  tab: '\t',
  lquote: '&lsquo;',
  rquote: '&rsquo;',
  ldblquote: '&ldquo;',
  rdblquote: '&rdquo;',
  bullet: '&bull;',
  endash: '&ndash;',
  emdash: '&mdash;',
};
const SYMBOLS: Readonly<Record<string, string>> = { '{': '{', '}': '}', '\\': '\\', '~': '&nbsp;', _: '&shy;' };

interface Group {
  /** Everything in it is the page's source. */
  isTag: boolean;
  isLeftOut: boolean;
  /** Between \htmlrtf and \htmlrtf0 stands what is for readers of RTF only. */
  isRtfOnly: boolean;
  font: number | undefined;
}

const headOf = (bytes: Uint8Array): string => decodeBytes(bytes.subarray(0, HEAD_BYTES), 'windows-1252');

/** Whether the RTF was made from text that had no form. */
export const isFromText = (bytes: Uint8Array): boolean => /\\fromtext/.test(headOf(bytes));

/** Undefined if the RTF does not say that it was made from a page. */
export const htmlInRtf = (bytes: Uint8Array): string | undefined => {
  if (!/\\fromhtml1/.test(headOf(bytes))) return undefined;
  const page = createPage();
  const tokens = new RtfTokens(bytes);
  for (let token = tokens.next(); token; token = tokens.next()) page.take(token);
  return page.end();
};

const createPage = () => {
  const pieces: string[] = [];
  const encodings = new Map<number | undefined, string>();
  const outer: Group[] = [];
  let group: Group = { isTag: false, isLeftOut: false, isRtfOnly: false, font: undefined };
  let usual = 'windows-1252';
  let waiting: number[] = [];
  /** After \*: who does not know the next word leaves its group out. */
  let isOptional = false;
  /** Characters after \u that stand for it, for readers that know no Unicode (\uc). */
  let fallbackLength = 1;
  let toSkip = 0;

  const isShown = (): boolean => group.isTag || !(group.isLeftOut || group.isRtfOnly);
  /** Bytes wait for each other: a character may have two. */
  const flush = (): void => {
    if (waiting.length === 0) return;
    const encoding = group.isTag ? undefined : encodings.get(group.font);
    pieces.push(decodeBytes(Uint8Array.from(waiting), encoding ?? usual));
    waiting = [];
  };
  const write = (text: string): void => {
    flush();
    if (isShown()) pieces.push(text);
  };
  const takeBytes = (bytes: Uint8Array): void => {
    for (const byte of bytes) {
      if (toSkip > 0) toSkip -= 1;
      else if (isShown()) waiting.push(byte);
    }
  };
  const writeUnicode = (code: number): void => {
    write(String.fromCharCode(code & 0xffff));
    toSkip = fallbackLength;
  };

  const takeWord = (name: string, parameter: number | undefined): void => {
    flush();
    switch (name) {
      case 'htmltag':
        group.isTag = isOptional;
        return;
      case 'htmlrtf':
        group.isRtfOnly = parameter !== 0;
        return;
      case 'ansicpg':
        usual = encodingOf(parameter ?? 0) ?? usual;
        return;
      case 'f':
        group.font = parameter;
        return;
      case 'fcharset':
        encodings.set(group.font, encodingOfCharset(parameter ?? 0) ?? usual);
        return;
      case 'uc':
        fallbackLength = parameter ?? 1;
        return;
      case 'u':
        writeUnicode(parameter ?? 0);
        return;
      default:
        write(WORDS[name] ?? '');
        if (isOptional || LEFT_OUT.has(name)) group.isLeftOut = true;
    }
  };

  const take = (token: RtfToken): void => {
    if (token.type === 'bytes') {
      takeBytes(token.bytes);
      return;
    }
    if (token.type === 'open') {
      flush();
      if (outer.length < MAX_GROUPS) outer.push(group);
      group = { ...group };
    } else if (token.type === 'close') {
      flush();
      group = outer.pop() ?? group;
    } else if (token.type === 'word') takeWord(token.name, token.parameter);
    else if (token.type === 'symbol') write(SYMBOLS[token.text] ?? '');
    if (token.type !== 'word' || token.name !== 'u') toSkip = 0;
    isOptional = token.type === 'symbol' && token.text === '*';
  };

  return {
    take,
    end: (): string => {
      flush();
      return pieces.join('');
    },
  };
};
