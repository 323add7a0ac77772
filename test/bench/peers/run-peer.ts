/** Runs a peer over its families in a process of its own, which it may crash or block without harm to the benchmark. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { CorpusDocument } from '../conversion/corpus-documents.ts';
import type { Conversion, EngineRun } from '../conversion/engine-run.ts';
import { watchMemory } from '../watch-memory.ts';
import type { PeerDocument, PeerJob, PeerMessage } from './engine-messages.ts';
import { installPeer } from './install-peer.ts';
import { findPeer, type PeerName, versionOf } from './peer-list.ts';

const ENGINE = join(import.meta.dirname, 'engine-main.ts');
/** Nothing heard for so long: the process is ended, and the document it was at has failed. */
const SILENCE_MS = 300_000;
const LAST_WORDS = 300;

interface ChildEnd {
  problem: string | null;
  peakMemoryMib: number | null;
}

const runChild = (job: PeerJob, onMessage: (message: PeerMessage) => void): Promise<ChildEnd> =>
  new Promise((resolve, reject) => {
    const child = fork(ENGINE, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    const memory = watchMemory(child.pid ?? 0);
    let lastWords = '';
    const patience = setTimeout(() => child.kill('SIGKILL'), SILENCE_MS);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-LAST_WORDS);
    });
    child.on('message', (message: PeerMessage) => {
      patience.refresh();
      onMessage(message);
    });
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      clearTimeout(patience);
      const problem =
        exitCode === 0 ? null : `its process ended with ${signal ?? `exit code ${exitCode}`}: ${lastWords.trim()}`;
      resolve({ problem, peakMemoryMib: memory.stop() });
    });
    child.send(job);
  });

/** After a crash the documents that were not begun go to a new process. Rejects if the peer cannot be installed or started. */
export const runPeer = async (
  name: PeerName,
  documents: readonly CorpusDocument[],
  print: (text: string) => void,
): Promise<EngineRun> => {
  const peer = findPeer(name);
  const folder = await installPeer(peer, print);
  const conversions = new Map<string, Conversion>();
  const onMessage = (message: PeerMessage): void => {
    if (message.kind === 'begun') conversions.set(message.id, { failure: 'its process ended before it was done' });
    else conversions.set(message.id, message);
  };
  let waiting: PeerDocument[] = documents
    .filter(({ family }) => peer.families.includes(family))
    .map(({ id, path, family }) => ({ id, path, family }));
  const peaks: number[] = [];
  const startedAt = performance.now();
  while (waiting.length > 0) {
    const { problem, peakMemoryMib } = await runChild({ peer: name, folder, documents: waiting }, onMessage);
    if (peakMemoryMib !== null) peaks.push(peakMemoryMib);
    const left = waiting.filter(({ id }) => !conversions.has(id));
    if (left.length === waiting.length) throw new Error(problem ?? 'it answered nothing');
    waiting = left;
  }
  const reasons = [...conversions.values()].flatMap((one) => ('failure' in one ? one.failure : []));
  if (reasons.length === conversions.size) throw new Error(`no document could be converted (${reasons[0]})`);
  return {
    name,
    version: versionOf(peer),
    families: peer.families,
    conversions,
    wallMs: performance.now() - startedAt,
    peakMemoryMib: peaks.length > 0 ? Math.max(...peaks) : null,
  };
};
