/** Pages of an image file, for text recognition. */
import { checkPageNumbers } from '../check-page-numbers.ts';
import type { ExtractedPages, ExtractInput } from '../source-tree.ts';
import { pageSizeOf } from './image-page.ts';
import { type ImageFormat, readImage } from './read-image.ts';
import { selectTiffPages } from './read-tiff.ts';

/** A picture that is turned to be shown has no sizes: whether it was turned before it was read, only the recogniser knows. @throws AppError FILE_DAMAGED */
export const extractImagePages = (input: ExtractInput, format: ImageFormat): Omit<ExtractedPages, 'mediaType'> => {
  const pages = readImage(input, format);
  checkPageNumbers(input, pages.length);
  const { bytes, pageNumbers } = input;
  const chosen = pageNumbers.flatMap((pageNumber) => pages[pageNumber - 1] ?? []);
  const isWhole = pageNumbers.length === pages.length && pageNumbers.every((number, index) => number === index + 1);
  return {
    bytes: isWhole ? bytes : selectTiffPages(bytes, pageNumbers),
    pageSizes: chosen.some(({ isTurned }) => isTurned) ? [] : chosen.map(pageSizeOf),
  };
};
