/** What an old Office file states of itself: its summary information, a property set ([MS-OLEPS], [MS-OSHARED] 2.3.3). */
import { ByteView } from './byte-view.ts';
import type { Ole2Entry } from './read-ole2.ts';
import { streamBytes } from './read-ole2.ts';

/** Property identifier → key of the metadata. */
const PROPERTIES: Readonly<Record<number, string>> = {
  2: 'title',
  3: 'subject',
  4: 'author',
  5: 'keywords',
  6: 'description',
  8: 'lastModifiedBy',
  12: 'created',
  13: 'modified',
  18: 'producer',
};
const CODEPAGE = 1;
const UTF_8 = 65_001;
const VT_LPSTR = 30;
const VT_LPWSTR = 31;
const VT_FILETIME = 64;
const MAX_PROPERTIES = 200;
const MAX_TEXT = 10_000;
/** Milliseconds from 1601 to 1970. */
const FILETIME_EPOCH = 11_644_473_600_000;

/** Empty if there is none, or none that can be read. */
export const readSummary = (root: Ole2Entry): Record<string, string> => {
  const view = new ByteView(streamBytes(root, '\u0005SummaryInformation') ?? new Uint8Array(0));
  const set = view.u32(44);
  const metadata: Record<string, string> = {};
  const count = Math.min(MAX_PROPERTIES, view.u32(set + 4));
  const places = Array.from({ length: count }, (_, index) => ({
    id: view.u32(set + 8 + index * 8),
    at: set + view.u32(set + 12 + index * 8),
  }));
  const codepage = places.find(({ id }) => id === CODEPAGE);
  const encoding = codepage && view.u16(codepage.at + 4) === (UTF_8 & 0xffff) ? 'utf-8' : 'windows-1252';
  for (const { id, at } of places) {
    const key = PROPERTIES[id];
    const value = key === undefined ? '' : readValue(view, at, encoding).replace(/\s+/g, ' ').trim();
    if (key !== undefined && value !== '') metadata[key] = value;
  }
  return metadata;
};

const readValue = (view: ByteView, at: number, encoding: string): string => {
  const length = Math.min(MAX_TEXT, view.u32(at + 4));
  switch (view.u16(at)) {
    case VT_LPSTR:
      return new TextDecoder(encoding).decode(view.slice(at + 8, length).bytes).replace(/\0[\s\S]*$/, '');
    case VT_LPWSTR:
      return view.utf16(at + 8, length).replace(/\0[\s\S]*$/, '');
    case VT_FILETIME:
      return toIso(view.u32(at + 8) * 2 ** 32 + view.u32(at + 4));
    default:
      return '';
  }
};

/** Hundreds of nanoseconds since 1601; a length of time, as of editing, is no date. */
const toIso = (ticks: number): string => {
  const ms = Math.floor(ticks / 10_000) - FILETIME_EPOCH;
  return ms > 0 && ms < 8e15 / 100 ? new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z') : '';
};
