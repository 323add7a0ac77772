/** The process in which one peer runs: takes a job from its parent, warms up, and reports each document as it goes. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { warmUpDocuments } from '../conversion/corpus-documents.ts';
import type { PeerDocument, PeerJob, PeerMessage, Report } from './engine-messages.ts';
import { type ConvertDocument, ENGINES } from './load-engine.ts';
import { runOpendataloader } from './run-opendataloader.ts';

const REASON_LENGTH = 120;

/** The first line of an error and of each of its causes. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const reason = error.message.split('\n')[0]?.slice(0, REASON_LENGTH) ?? '';
  return error.cause === undefined ? reason : `${reason} ${reasonOf(error.cause)}`;
};

const convertEach = async (
  documents: readonly PeerDocument[],
  convert: ConvertDocument,
  report: Report,
): Promise<void> => {
  // A package that does not load says why only the first time.
  const failures = new Map<string, string>();
  for (const document of warmUpDocuments(documents)) {
    await convert(document).catch((error) => failures.set(document.id, reasonOf(error)));
  }
  for (const document of documents) {
    const { id } = document;
    await report({ kind: 'begun', id });
    const startedAt = performance.now();
    await report(
      await convert(document).then(
        (markdown): PeerMessage => ({ kind: 'converted', id, ms: performance.now() - startedAt, markdown }),
        (error): PeerMessage => ({
          kind: 'failed',
          id,
          failure: failures.get(id) ?? reasonOf(error),
        }),
      ),
    );
  }
};

const report: Report = (message) =>
  new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });

process.once('message', async ({ peer, folder, documents }: PeerJob) => {
  const load = createRequire(join(folder, 'package.json'));
  if (peer === 'opendataloader') await runOpendataloader(load, documents, report);
  else await convertEach(documents, ENGINES[peer](load), report);
  // A peer's own threads may keep the process alive.
  process.exit(0);
});
