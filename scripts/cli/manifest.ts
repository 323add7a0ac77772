/** The list of documents behind `convert --manifest`, checked whole before anything is written. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import * as z from 'zod';
import { AppError } from '../../functions/src/errors.ts';
import { errorCode } from './input-files.ts';
import { folded } from './output-names.ts';
import { usageError } from './usage-error.ts';

/** File systems take names of 255 bytes; ".md" comes after the id. */
const MOST_ID_BYTES = 252;

/** Names of devices on Windows, whatever stands after a dot. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/** An id becomes a file name, so it may hold nothing that leads out of the folder or that a file system refuses. */
const IdSchema = z
  .string()
  .regex(
    /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]*$/u,
    'an id becomes a file name: letters, digits, "_", "-" and ".", not "." first',
  )
  .refine((id) => Buffer.byteLength(id) <= MOST_ID_BYTES, `an id becomes a file name: at most ${MOST_ID_BYTES} bytes`)
  .refine((id) => !RESERVED.test(id), 'an id becomes a file name, and this one is reserved on Windows');

const ManifestSchema = z.array(z.object({ id: IdSchema, path: z.string().min(1) }));

export interface ManifestEntry {
  id: string;
  path: string;
  /** As the manifest has it. */
  shownAs: string;
}

/** @throws AppError FILE_NOT_FOUND, FILE_UNREADABLE, USAGE; `shownAs` is what the user typed. Paths are relative to the manifest. */
export const readManifest = async (path: string, shownAs: string): Promise<ManifestEntry[]> => {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw new AppError(errorCode(thrown) === 'ENOENT' ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE', { fileName: shownAs });
  });
  const json = ((): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      throw usageError(`${shownAs} is not JSON. It should hold [{"id": "a", "path": "a.pdf"}].`);
    }
  })();
  const parsed = ManifestSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw usageError(
      `${shownAs}: at ${issue?.path.join('.') || 'the top'}: ${issue?.message}. It should hold [{"id": "a", "path": "a.pdf"}].`,
    );
  }
  const ids = new Set<string>();
  for (const { id } of parsed.data) {
    if (ids.has(folded(id))) throw usageError(`${shownAs} names the id ${id} twice (case does not count).`);
    ids.add(folded(id));
  }
  return parsed.data.map(({ id, path: file }) => ({ id, path: resolve(dirname(path), file), shownAs: file }));
};
