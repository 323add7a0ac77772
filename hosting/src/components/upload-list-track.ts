/** How far a file is, as the four pieces of its track and as words. */
import type { FileUpload } from '../data/uploads/package.ts';
import { TEXTS } from '../texts/index.ts';

const { steps } = TEXTS.uploads;

/** Fingerprint, upload, queue, reading: 0 to 1 each; null: under way, nobody knows how far. */
type Track = readonly [number | null, number | null, number | null, number | null];

export const trackOf = ({ step, sizeBytes }: Pick<FileUpload, 'step' | 'sizeBytes'>): Track | null => {
  switch (step.name) {
    case 'waiting':
      return [0, 0, 0, 0];
    case 'hashing':
      return [step.share, 0, 0, 0];
    case 'asking':
      return [1, 0, 0, 0];
    case 'uploading':
      return [1, sizeBytes === 0 ? 1 : step.sentBytes / sizeBytes, 0, 0];
    case 'queued':
      return [1, 1, null, 0];
    case 'reading':
      return [1, 1, 1, null];
    case 'done':
      return [1, 1, 1, 1];
    case 'duplicate':
    case 'same':
    case 'lost':
    case 'failed':
      return null;
  }
};

/** The state in words; of a failure, what happened and what to do. */
export const stepWords = ({ step, sizeBytes }: Pick<FileUpload, 'step' | 'sizeBytes'>): string => {
  switch (step.name) {
    case 'waiting':
      return steps.waiting;
    case 'hashing':
      return steps.hashing(step.share);
    case 'asking':
      return step.isBusy ? steps.busy : steps.asking;
    case 'uploading': {
      if (step.isBroken) return steps.broken;
      const sent = steps.uploading(Math.min(step.sentBytes, sizeBytes), sizeBytes);
      return step.interruptions === 0 ? sent : `${sent}, ${steps.interrupted(step.interruptions)}`;
    }
    case 'duplicate':
      return steps.duplicate(step.known.fileName);
    case 'queued':
      return steps.queued;
    case 'reading':
      return steps.phases[step.phase];
    case 'done': {
      if (step.inside) return steps.opened(step.inside.length);
      const read = (step.isRecognised ? steps.recognised : steps.done)(step.pages);
      return step.isReused ? `${read}. ${steps.reused}` : read;
    }
    case 'same':
      return steps.same(step.fileName);
    case 'lost':
    case 'failed':
      return step.problem.message;
  }
};

/** "3f2a 91c0 7be4 d510": the part of the fingerprint that a document is named by, in pieces that an eye can compare. */
export const fingerprintWords = (hash: string): string => (hash.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
