/** What the address of a document points at. Pure. */
import type { SourceTarget } from '../../viewer/source-target.ts';

const wholeNumber = (text: string | null): number | undefined =>
  text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;

/** `search`: with or without "?". What cannot be understood is left out. */
export const targetOfAddress = (search: string): SourceTarget => {
  const query = new URLSearchParams(search);
  const [from, to, pageNumber] = ['from', 'to', 'page'].map((name) => wholeNumber(query.get(name)));
  const blockId = query.get('block');
  return {
    ...(from !== undefined && to !== undefined && { from, to }),
    ...(blockId && { blockId }),
    ...(pageNumber && { pageNumber }),
  };
};
