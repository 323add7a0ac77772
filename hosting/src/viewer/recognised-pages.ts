/** Whose text was read off their picture, and may be wrong where a text layer would not be. Pure. */
import type { BlockIndex } from '../../../functions/src/contracts/document.ts';

/** Numbers of pages, physical, 1-based. */
export const recognisedPages = ({ pages }: Pick<BlockIndex, 'pages'>): ReadonlySet<number> =>
  new Set(pages.flatMap(({ pageNumber, source }) => (source === 'ocr' ? [pageNumber] : [])));
