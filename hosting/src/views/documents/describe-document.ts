/** What a row says of a document, in words. */
import type { Conversion, ConversionState } from '../../../../functions/src/contracts/conversion.ts';
import type { Run } from '../../../../functions/src/contracts/run.ts';
import { messageOf } from '../../data/problem.ts';
import { TEXTS } from '../../texts/index.ts';

const { documents, words } = TEXTS;

const DAY = 24 * 60 * 60 * 1000;
const SOON_DAYS = 3;

const TONES = {
  awaiting_upload: 'neutral',
  queued: 'busy',
  converting: 'busy',
  completed: 'good',
  partial: 'warn',
  failed: 'bad',
  expired: 'bad',
} as const satisfies Record<ConversionState, string>;

export const toneOf = (state: ConversionState) => TONES[state];

export const isBusy = (state: ConversionState): boolean => state === 'queued' || state === 'converting';

/** Whether it has Markdown, so that it can be opened and analysed. */
export const isReadable = ({ state }: Pick<Conversion, 'state'>): boolean =>
  state === 'completed' || state === 'partial';

/** Of "pdf+ocr": PDF with text recognition. An engine that the catalogue does not have is named as it is. */
export const engineInWords = (engine: string): string => {
  const [format = '', ...more] = engine.split('+');
  const name = documents.engines[format] ?? format.toUpperCase();
  return more.includes('ocr') ? documents.withRecognition(name) : name;
};

/** Formats without pages have none, and neither has what was not read yet. */
export const pagesInWords = ({ result }: Pick<Conversion, 'result'>): string =>
  result && result.pages > 0 ? words.count(result.pages) : documents.unknown;

/** The newest analysis that reads a document, by `conversionId`. `runs`: the newest first. */
export const newestRuns = (runs: readonly Pick<Run, 'runId' | 'conversionIds'>[]): ReadonlyMap<string, string> =>
  new Map(
    runs.toReversed().flatMap(({ runId, conversionIds }) => conversionIds.map((conversionId) => [conversionId, runId])),
  );

/** Days until it is erased, counted down; `isSoon`: fewer than three are left. */
export const expiryOf = (expiresAt: string, now: number = Date.now()): { days: number; isSoon: boolean } => {
  const left = Date.parse(expiresAt) - now;
  return { days: Math.max(0, Math.floor(left / DAY)), isSoon: left < SOON_DAYS * DAY };
};

/** What is being done with it; null when nothing is. */
export const progressHint = ({
  state,
  phase,
  ocr,
  uploadUntilAt,
}: Pick<Conversion, 'state' | 'phase' | 'ocr' | 'uploadUntilAt'>): string | null => {
  if (state === 'awaiting_upload') return documents.uploadUntil(words.moment(uploadUntilAt));
  if (!isBusy(state)) return null;
  if (phase === 'recognise' && ocr) return documents.recognising(ocr.shards);
  return state === 'queued' && phase === 'read' ? documents.inQueue : documents.phase[phase];
};

/** What is wrong with it and what to do; null when it is whole, or may still become so. */
export const troubleOf = ({
  state,
  failure,
  result,
}: Pick<Conversion, 'state' | 'failure' | 'result'>): string | null => {
  if (state === 'failed') return failure ? messageOf(failure) : documents.failedWithoutWord;
  if (state === 'expired') return documents.neverArrived;
  if (state !== 'partial') return null;
  const pages = result?.pagesWithoutText ?? [];
  return pages.length > 0 ? documents.withoutText(pages) : documents.partWithoutWord;
};
