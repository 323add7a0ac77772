/** Formatted disk pages: which stretch of the file has which properties ([MS-DOC] 2.9.33, 2.9.174). */
import type { ByteView } from '../ole2/byte-view.ts';

export interface PropertyRun {
  /** Bytes of the file, the end exclusive. */
  start: number;
  end: number;
  /** Its modifiers; for a paragraph behind the number of its style. */
  properties: ByteView;
}

const PAGE_BYTES = 512;
const PAGE_NUMBER = 0x003f_ffff;
/** Of a paragraph: where its properties stand, and 12 bytes on its height. */
const PARAGRAPH_ENTRY_BYTES = 13;

/** The runs of all pages, by where they start. `index`: the list of pages. */
export const readPropertyRuns = (
  document: ByteView,
  index: ByteView,
  kind: 'character' | 'paragraph',
): PropertyRun[] => {
  const count = Math.floor((index.length - 4) / 8);
  const runs: PropertyRun[] = [];
  const met = new Set<number>();
  for (let place = 0; place < count; place++) {
    const number = index.u32((count + 1) * 4 + place * 4) & PAGE_NUMBER;
    if (met.has(number)) continue;
    met.add(number);
    const page = document.slice(number * PAGE_BYTES, PAGE_BYTES);
    if (page.length < PAGE_BYTES) continue;
    readPage(page, kind, runs);
  }
  return runs.sort((one, other) => one.start - other.start);
};

const readPage = (page: ByteView, kind: 'character' | 'paragraph', runs: PropertyRun[]): void => {
  const count = page.u8(PAGE_BYTES - 1);
  const entriesAt = (count + 1) * 4;
  const entryBytes = kind === 'paragraph' ? PARAGRAPH_ENTRY_BYTES : 1;
  for (let place = 0; place < count; place++) {
    const at = page.u8(entriesAt + place * entryBytes) * 2;
    runs.push({
      start: page.u32(place * 4),
      end: page.u32((place + 1) * 4),
      properties: at === 0 ? page.slice(0, 0) : propertiesAt(page, at, kind),
    });
  }
};

const propertiesAt = (page: ByteView, at: number, kind: 'character' | 'paragraph'): ByteView => {
  const length = page.u8(at);
  if (kind === 'character') return page.slice(at + 1, length);
  return length === 0 ? page.slice(at + 2, page.u8(at + 1) * 2) : page.slice(at + 1, length * 2 - 1);
};

/** The run that holds a byte of the file. */
export const runAt = (runs: readonly PropertyRun[], offset: number): PropertyRun | undefined => {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const run = runs[low - 1];
  return run && offset < run.end ? run : undefined;
};
