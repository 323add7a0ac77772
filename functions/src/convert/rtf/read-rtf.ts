/** One walk over the tokens of an RTF document. */
import { AppError } from '../../errors.ts';
import { addBytes, addText } from './add-text.ts';
import { applyWord, isCharacter } from './control-words.ts';
import type { GroupEnd } from './destinations.ts';
import { beginDestination, beginFont, beginStyle } from './destinations.ts';
import type { GroupState } from './group-state.ts';
import { RtfReading } from './reading.ts';
import type { RtfToken } from './tokens.ts';
import { RtfTokens } from './tokens.ts';

interface Frame {
  /** Of the group around. */
  state: GroupState;
  end: GroupEnd | undefined;
}

const MAX_DEPTH = 1000;
const SYMBOLS: Readonly<Record<string, string>> = { '~': '\u00a0', _: '-', '\\': '\\', '{': '{', '}': '}' };

/** Throws FILE_DAMAGED if groups are left open, as in a file that is cut short, or are nested deeper than any real ones. */
export const readRtf = (bytes: Uint8Array, fileName: string): RtfReading => {
  const walk = new RtfWalk(fileName);
  const tokens = new RtfTokens(bytes);
  for (let token = tokens.next(); token; token = tokens.next()) {
    if (!walk.take(token)) break;
  }
  walk.end();
  return walk.reading;
};

class RtfWalk {
  readonly reading = new RtfReading();
  readonly #fileName: string;
  readonly #frames: Frame[] = [];
  /** Bytes not decoded yet: a character may be more than one of them, however they are written. */
  #pending: Uint8Array[] = [];
  /** Characters to leave out: they say again, for old programs, what \u has said. */
  #repeated = 0;
  #atGroupStart = false;
  #isOptional = false;

  constructor(fileName: string) {
    this.#fileName = fileName;
  }

  /** False if the document has ended. */
  take(token: RtfToken): boolean {
    if (token.type === 'bytes') {
      const left = token.bytes.subarray(Math.min(this.#repeated, token.bytes.length));
      this.#repeated -= token.bytes.length - left.length;
      if (left.length > 0) this.#pending.push(left);
      this.#atGroupStart = false;
      return true;
    }
    this.#flush();
    switch (token.type) {
      case 'open':
        this.#open();
        return true;
      case 'close':
        return this.#close();
      case 'symbol':
        this.#symbol(token.text);
        return true;
      default:
        this.#word(token.name, token.parameter);
        return true;
    }
  }

  /** One brace that is missing at the very end is nothing that is missing. */
  end(): void {
    this.#flush();
    if (this.#frames.length > 1) throw this.#damaged('it ends within its text');
  }

  #damaged(problem: string): AppError {
    return new AppError('FILE_DAMAGED', { fileName: this.#fileName, problem });
  }

  #flush(): void {
    const [first, ...more] = this.#pending;
    if (!first) return;
    addBytes(this.reading, more.length === 0 ? first : joined(this.#pending));
    this.#pending = [];
  }

  #open(): void {
    if (this.#frames.length >= MAX_DEPTH) throw this.#damaged(`its groups are nested more than ${MAX_DEPTH} deep`);
    const { reading } = this;
    const frame: Frame = { state: reading.state, end: undefined };
    this.#frames.push(frame);
    reading.state = { ...reading.state };
    const { kind } = reading.state.destination;
    if (kind === 'stylesheet') frame.end = beginStyle(reading);
    else if (kind === 'fonts') frame.end = beginFont(reading);
    this.#repeated = 0;
    this.#atGroupStart = true;
    this.#isOptional = false;
  }

  #close(): boolean {
    const frame = this.#frames.pop();
    if (!frame) return false;
    frame.end?.();
    this.reading.state = frame.state;
    this.#repeated = 0;
    this.#atGroupStart = false;
    return this.#frames.length > 0;
  }

  #symbol(symbol: string): void {
    if (symbol === '*') {
      this.#isOptional = true;
      return;
    }
    this.#atGroupStart = false;
    const text = SYMBOLS[symbol];
    if (this.#repeated > 0) this.#repeated -= 1;
    else if (text !== undefined) addText(this.reading, text);
  }

  #word(name: string, parameter: number | undefined): void {
    const begun = this.#atGroupStart ? beginDestination(this.reading, name, this.#isOptional) : undefined;
    this.#atGroupStart = false;
    if (begun) {
      const frame = this.#frames.at(-1);
      if (frame && begun.end) frame.end = begun.end;
    } else if (name === 'u' && parameter !== undefined) {
      addText(this.reading, String.fromCharCode(parameter));
      this.#repeated = this.reading.state.unicodeSkip;
    } else if (this.#repeated > 0 && isCharacter(name)) this.#repeated -= 1;
    else {
      this.#repeated = 0;
      applyWord(this.reading, name, parameter);
    }
  }
}

const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
};
