/** Text of RTF: bytes in the encoding of their font, and where the characters go. */
import { showSymbol } from '../docx/symbols.ts';
import { countUnreadable } from '../source-tree-parts.ts';
import type { RunFormat } from '../word-text/run-collector.ts';
import { decodeBytes } from './charsets.ts';
import type { RtfReading } from './reading.ts';

/** Values (names, titles, field codes) are never longer. */
const MAX_VALUE_PIECES = 10_000;
const CODE_STYLE = /^(?:verbatim char|html (?:code|keyboard|sample|typewriter)|source text|code char|inline code)$/;

export const addBytes = (reading: RtfReading, bytes: Uint8Array): void => {
  const { kind } = reading.state.destination;
  if (kind !== 'text' && kind !== 'value') return;
  const encoding = reading.fonts.get(reading.font) ?? reading.encoding;
  if (encoding === 'symbol') addText(reading, Array.from(bytes, (byte) => symbolOf(reading, byte)).join(''));
  else addText(reading, decodeBytes(bytes, encoding));
};

export const addText = (reading: RtfReading, text: string): void => {
  const { state } = reading;
  const { destination } = state;
  if (destination.kind === 'value') {
    if (destination.pieces.length < MAX_VALUE_PIECES) destination.pieces.push(text);
    return;
  }
  if (destination.kind !== 'text' || isLeftOut(reading, text)) return;
  const shown = text.replace(/[\uf000-\uf0ff]/g, (character) =>
    showSymbol(character, false, '\ufffd', fontName(reading)),
  );
  reading.unreadable += countUnreadable(shown);
  reading.output.runs.text(shown, formatOf(reading));
};

const formatOf = ({ state, characterStyles }: RtfReading): RunFormat => ({
  bold: state.bold,
  italic: state.italic,
  strike: state.strike,
  isCode: CODE_STYLE.test(characterStyles.get(state.characterStyle ?? -1) ?? ''),
  url: state.field?.url,
});

/** Hidden and deleted text; each stretch of what was changed counts once. */
const isLeftOut = (reading: RtfReading, text: string): boolean => {
  const { hidden, deleted, inserted } = reading.state;
  const last = reading.lastChange;
  if (hidden && !deleted && (last === 'hidden' || text.trim() !== '')) {
    reading.unseen.add('hidden', undefined, [...text].length, last === 'hidden' ? text : ` ${text}`);
  }
  if (text.trim() !== '') {
    if (deleted && last !== 'deleted') reading.deletions += 1;
    else if (inserted && !hidden && !deleted && last !== 'inserted') reading.insertions += 1;
    reading.lastChange = deleted ? 'deleted' : hidden ? 'hidden' : inserted ? 'inserted' : undefined;
  }
  return hidden || deleted;
};

const fontName = ({ font, fontNames }: RtfReading): string => fontNames.get(font) ?? '';

/** In a list's marker an unknown picture is some bullet. */
const symbolOf = (reading: RtfReading, byte: number): string => {
  if (byte <= 0x20) return ' ';
  const unknown = reading.state.destination.kind === 'value' ? '•' : '\ufffd';
  return showSymbol(String.fromCharCode(byte), true, unknown, fontName(reading));
};
