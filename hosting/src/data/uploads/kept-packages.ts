/** What is kept of packages over a reload, as long as somebody is signed in: ids and states, no name and nothing of a document. */
import type { Session } from '../session.ts';
import type { Readable } from '../store.ts';
import type { Package } from './package.ts';
import { digestOf } from './upload-key.ts';

export interface KeptFile {
  fileId: string;
  /** markOf: the file is known again when it is dropped again. */
  mark: string;
  conversionId?: string;
  hasArrived: boolean;
  /** Why it is not read: "FORMAT_UNSUPPORTED". */
  refused?: string;
}

export interface KeptPackage {
  packageId: string;
  isSample: boolean;
  isOneFile: boolean;
  /** Idempotency key: the analysis is begun once, by whichever page. */
  analysisKey: string;
  /** Milliseconds since 1970. */
  begunAt: number;
  runId?: string;
  files: KeptFile[];
}

interface Kept {
  /** Of whose packages these are: a digest, for a uid is nobody's business after signing out. */
  owner: string;
  packages: KeptPackage[];
}

interface Keeping {
  packages: Readable<readonly Package[]>;
  /** As they are now, without those of which nothing can become anything. */
  toKeep: () => KeptPackage[];
  takeUp: (kept: readonly KeptPackage[]) => void;
  session: Readable<Session>;
  /** A browser may refuse it. */
  storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  now: () => number;
}

/** Of another form is another key. */
const KEY = 'mdraft.packages.1';
/** A package whose analysis has begun needs the page no more: after a day it is found among the documents and runs. */
const SHOWN_MS = 24 * 60 * 60 * 1000;

const read = (storage: Keeping['storage'], owner: string): KeptPackage[] => {
  try {
    const kept = JSON.parse(storage().getItem(KEY) ?? 'null') as Kept | null;
    // A form that is not ours must not keep the page from opening.
    return kept?.owner === owner && Array.isArray(kept.packages) ? kept.packages : [];
  } catch {
    return [];
  }
};

const write = (storage: Keeping['storage'], kept: Kept): void => {
  try {
    if (kept.packages.length === 0) storage().removeItem(KEY);
    else storage().setItem(KEY, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing: the page works, and a reload forgets.
  }
};

/** Another tab keeps its packages under the same key: only those that this page has had are changed. */
export const keepOverReload = ({ packages, toKeep, takeUp, session, storage, now }: Keeping): void => {
  let owner: string | null = null;
  let written = '';
  const seen = new Set<string>();
  const keep = (): void => {
    if (owner === null) return;
    for (const { packageId } of packages.get()) seen.add(packageId);
    const own = toKeep();
    const text = JSON.stringify(own);
    if (text === written) return;
    written = text;
    const others = read(storage, owner).filter(({ packageId }) => !seen.has(packageId));
    write(storage, { owner, packages: [...own, ...others] });
  };
  const meet = (): void => {
    const current = session.get();
    if (current.state === 'nobody') write(storage, { owner: '', packages: [] });
    if (!('uid' in current) || owner !== null) return;
    owner = digestOf('owner', current.uid);
    const isShown = ({ runId, begunAt }: KeptPackage): boolean => runId === undefined || now() - begunAt < SHOWN_MS;
    const kept = read(storage, owner).filter(isShown);
    write(storage, { owner, packages: kept });
    takeUp(kept);
    keep();
  };
  session.subscribe(meet);
  packages.subscribe(keep);
  meet();
};
