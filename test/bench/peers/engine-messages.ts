/** What passes between the benchmark and the process in which a peer runs. */
import type { PeerName } from './peer-list.ts';

export interface PeerDocument {
  id: string;
  path: string;
  family: string;
}

export interface PeerJob {
  peer: PeerName;
  /** Where its packages are installed. */
  folder: string;
  documents: readonly PeerDocument[];
}

export type PeerMessage =
  | { kind: 'begun'; id: string }
  | { kind: 'converted'; id: string; ms: number; markdown: string }
  | { kind: 'failed'; id: string; failure: string };

/** Resolves when the message is on its way. */
export type Report = (message: PeerMessage) => Promise<void>;
