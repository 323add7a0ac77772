/** Pages that are asked for must be there. */
import { AppError } from '../errors.ts';
import type { ExtractInput } from './source-tree.ts';

/** @throws AppError FILE_DAMAGED for a page that the file does not have, one that is named twice, or none at all. */
export const checkPageNumbers = ({ pageNumbers, fileName }: ExtractInput, pageCount: number): void => {
  const refuse = (problem: string): AppError => new AppError('FILE_DAMAGED', { fileName, problem });
  if (pageNumbers.length === 0) throw refuse('no page of it was asked for');
  const missing = pageNumbers.find((number) => !Number.isInteger(number) || number < 1 || number > pageCount);
  if (missing !== undefined) throw refuse(`it has no page ${missing}`);
  if (new Set(pageNumbers).size < pageNumbers.length) throw refuse('one of its pages was asked for twice');
};
