import { markWords } from './search-words.ts';

/** A text in which what was searched for is marked. */
export const MarkedText = ({ text, matcher }: { text: string; matcher: RegExp | null }) =>
  matcher === null
    ? text
    : markWords(text, matcher).map(({ at, text: part, isMatch }) =>
        isMatch ? <mark key={at}>{part}</mark> : <span key={at}>{part}</span>,
      );
