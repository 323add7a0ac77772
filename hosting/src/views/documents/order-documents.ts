/** Search and order of the list, on what the browser already has. */
import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import { type Contained, pathsOf } from './containers.ts';

export const SORT_FIELDS = ['name', 'pages', 'size', 'uploaded'] as const;
export type SortField = (typeof SORT_FIELDS)[number];
/** `up`: A to Z, the least, the oldest first. */
export interface DocumentOrder {
  by: SortField;
  direction: 'up' | 'down';
}

export type Listed = Contained & Pick<Conversion, 'fileName' | 'createdAt' | 'maxBytes' | 'source' | 'result'>;

export const NEWEST_FIRST: DocumentOrder = { by: 'uploaded', direction: 'down' };

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** As it arrived; before that, as it was announced. */
export const sizeOf = ({ source, maxBytes }: Pick<Conversion, 'source' | 'maxBytes'>): number =>
  source?.sizeBytes ?? maxBytes;

const pagesOf = ({ result }: Listed): number => result?.pages ?? 0;

const COMPARE: Readonly<Record<SortField, (a: Listed, b: Listed) => number>> = {
  name: (a, b) => names.compare(a.fileName, b.fileName),
  pages: (a, b) => pagesOf(a) - pagesOf(b),
  size: (a, b) => sizeOf(a) - sizeOf(b),
  uploaded: (a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt),
};

/** Of two in the same container, or of which one holds the other: the container first, then its files as they stand in it. */
const comparePlaces = (a: readonly Listed[], b: readonly Listed[]): number => {
  const parting = a.findIndex((each, depth) => each !== b[depth]);
  const [inA, inB] = [a[parting], b[parting]];
  if (inA === undefined || inB === undefined) return a.length - b.length;
  const places = a[parting - 1]?.children ?? [];
  return places.indexOf(inA.conversionId) - places.indexOf(inB.conversionId);
};

/**
 * Equals keep the newest first, then the order of their ids: the list never jumps by itself. By upload, what was in a mail or an
 * archive follows it, since it came with it.
 */
export const orderDocuments = <T extends Listed>(documents: readonly T[], { by, direction }: DocumentOrder): T[] => {
  const sign = direction === 'up' ? 1 : -1;
  const compare = (a: T, b: T): number =>
    sign * COMPARE[by](a, b) || COMPARE.uploaded(b, a) || (a.conversionId < b.conversionId ? -1 : 1);
  if (by !== 'uploaded') return [...documents].sort(compare);
  const paths = pathsOf(documents);
  return [...documents].sort((a, b) => {
    const [pathA = [a], pathB = [b]] = [paths.get(a.conversionId), paths.get(b.conversionId)];
    const [rootA = a, rootB = b] = [pathA[0], pathB[0]];
    return rootA === rootB ? comparePlaces(pathA, pathB) : compare(rootA, rootB);
  });
};

/** What a click on a column's head does: turns the order round, or begins as a reader of that column expects. */
export const nextOrder = (order: DocumentOrder, by: SortField): DocumentOrder => {
  if (order.by === by) return { by, direction: order.direction === 'up' ? 'down' : 'up' };
  return { by, direction: by === 'name' ? 'up' : 'down' };
};

/** For aria-sort. */
export const ariaSortOf = (order: DocumentOrder, by: SortField): 'ascending' | 'descending' | 'none' => {
  if (order.by !== by) return 'none';
  return order.direction === 'up' ? 'ascending' : 'descending';
};

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();

/** Every word of the search stands somewhere in the name; case and accents do not matter. */
export const searchDocuments = <T extends Listed>(documents: readonly T[], search: string): T[] => {
  const asked = folded(search).split(/\s+/).filter(Boolean);
  return documents.filter(({ fileName }) => {
    const name = folded(fileName);
    return asked.every((word) => name.includes(word));
  });
};
