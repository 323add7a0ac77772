/** The accounts of a project in one JSON file. The emulator keeps passwords as they are: nobody but the owner may read it. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StoredAccount } from './firebase-tools-auth.ts';

/** Empty when there is no file yet. Throws when it cannot be read, so that it is not overwritten. */
export const readAccounts = (path: string): StoredAccount[] => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  try {
    return (JSON.parse(text) as { users: StoredAccount[] }).users;
  } catch {
    throw new Error(`The accounts in ${path} cannot be read. Delete the file to begin without accounts.`);
  }
};

/** In one rename: the file is the old one or the new one. */
export const writeAccounts = (path: string, users: readonly StoredAccount[]): void => {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.unfinished`;
  writeFileSync(unfinished, JSON.stringify({ users }), { mode: 0o600 });
  renameSync(unfinished, path);
};
