/** Cursors of lists: opaque to the client, good for one list with one filter of one organisation. */
import { sha256Hex } from '../../analyze/source-ref.ts';
import { TimeSchema } from '../../contracts/work.ts';
import { AppError } from '../../errors.ts';

/** What the list is: its name, the organisation, the filter. */
export type ListScope = readonly (string | number | undefined)[];
export type CursorPosition = readonly (string | number)[];

const sealOf = (scope: ListScope): string => sha256Hex(JSON.stringify(scope.map((part) => part ?? null))).slice(0, 16);

/** `position`: of the last item shown. */
export const encodeCursor = (scope: ListScope, position: CursorPosition): string =>
  Buffer.from(JSON.stringify([sealOf(scope), ...position])).toString('base64url');

const parse = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
};

/** @throws AppError CURSOR_INVALID for what encodeCursor did not make for this very list. */
export const decodeCursor = (scope: ListScope, cursor: string): CursorPosition => {
  const parts = parse(cursor);
  if (!Array.isArray(parts) || parts[0] !== sealOf(scope)) throw new AppError('CURSOR_INVALID');
  return parts.slice(1) as (string | number)[];
};

/** In a list that is newest first: the last item shown, by the time it was made and its id. @throws AppError CURSOR_INVALID. */
export const decodeNewest = (scope: ListScope, cursor: string): { createdAt: string; id: string } => {
  const [time, id] = decodeCursor(scope, cursor);
  const createdAt = TimeSchema.safeParse(time);
  if (!createdAt.success || typeof id !== 'string') throw new AppError('CURSOR_INVALID');
  return { createdAt: createdAt.data, id };
};
