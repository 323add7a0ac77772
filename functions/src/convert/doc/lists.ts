/** The lists of a Word document, in the form in which Word's numbers are counted ([MS-DOC] 2.9.131, 2.9.147, 2.9.150). */
import type { ListLevel, NumberCounter, Numbering } from '../docx/numbering.ts';
import { countNumbers } from '../docx/numbering.ts';
import type { ByteView } from '../ole2/byte-view.ts';
import { paragraphProperties } from './properties.ts';

const LIST_BYTES = 28;
const OVERRIDE_BYTES = 16;
const LEVELS = 9;
const MAX_LISTS = 4096;
const IS_SIMPLE = 1;
const FORMATS: Readonly<Record<number, string>> = {
  0: 'decimal',
  1: 'upperRoman',
  2: 'lowerRoman',
  3: 'upperLetter',
  4: 'lowerLetter',
  5: 'ordinal',
  6: 'cardinalText',
  22: 'decimalZero',
  23: 'bullet',
  255: 'none',
};
const IS_LEGAL = 0x04;
const NEVER_RESTARTS = 0x08;

/** `lists` begins at the table of lists and goes on to the end of its stream, for the levels stand behind the table. */
export const readLists = (lists: ByteView, tableLength: number, overrides: ByteView): NumberCounter => {
  const byId = readDefinitions(lists, tableLength);
  const definitions = new Map<string, Numbering>();
  const count = Math.min(MAX_LISTS, overrides.u32(0));
  let at = 4 + count * OVERRIDE_BYTES;
  for (let index = 0; index < count; index++) {
    const entry = 4 + index * OVERRIDE_BYTES;
    const id = overrides.i32(entry);
    const levels = new Map(byId.get(id));
    const startOverrides = new Map<number, number>();
    at += 4;
    for (let changed = 0; changed < Math.min(LEVELS, overrides.u8(entry + 12)); changed++) {
      const flags = overrides.u32(at + 4);
      if ((flags & 0x10) !== 0) startOverrides.set(flags & 0x0f, overrides.i32(at));
      at += 8;
      if ((flags & 0x20) === 0) continue;
      const { level, length } = readLevel(overrides, at);
      levels.set(flags & 0x0f, level);
      at += length;
    }
    if (levels.size > 0) definitions.set(String(index + 1), { abstractId: String(id), levels, startOverrides });
  }
  return countNumbers(definitions);
};

const readDefinitions = (lists: ByteView, tableLength: number): Map<number, Map<number, ListLevel>> => {
  const byId = new Map<number, Map<number, ListLevel>>();
  if (tableLength === 0) return byId;
  const count = Math.min(MAX_LISTS, lists.u16(0));
  let at = tableLength;
  for (let index = 0; index < count && at < lists.length; index++) {
    const entry = 2 + index * LIST_BYTES;
    const levels = new Map<number, ListLevel>();
    const levelCount = (lists.u8(entry + 26) & IS_SIMPLE) === 0 ? LEVELS : 1;
    for (let place = 0; place < levelCount; place++) {
      const { level, length } = readLevel(lists, at);
      levels.set(place, level);
      at += length;
    }
    byId.set(lists.i32(entry), levels);
  }
  return byId;
};

const readLevel = (view: ByteView, at: number): { level: ListLevel; length: number } => {
  const characterBytes = view.u8(at + 24);
  const paragraphBytes = view.u8(at + 25);
  const flags = view.u8(at + 5);
  const restart = view.u8(at + 26);
  const textAt = at + 28 + paragraphBytes + characterBytes;
  const characters = view.u16(textAt);
  const format = FORMATS[view.u8(at + 4)] ?? 'decimal';
  const { indentLeft } = paragraphProperties(view.slice(at + 28, paragraphBytes));
  const level: ListLevel = {
    start: view.i32(at),
    format,
    text: format === 'bullet' ? view.utf16(textAt + 2, characters) : withPlaces(view.utf16(textAt + 2, characters)),
    legal: (flags & IS_LEGAL) !== 0,
    symbolFont: false,
    ...((flags & NEVER_RESTARTS) === 0 ? {} : { restartAfter: restart }),
    ...(indentLeft === undefined ? {} : { indentLeft }),
  };
  return { level, length: 28 + paragraphBytes + characterBytes + 2 + characters * 2 };
};

/** A character below 9 stands for the number of that level. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the format uses
const withPlaces = (text: string): string => text.replace(/[\0-\u0008]/g, (place) => `%${place.charCodeAt(0) + 1}`);
