/** What a row says of an analysis, in words. */
import type { Run, RunState, RunView } from '../../../../functions/src/contracts/run.ts';
import { messageOf } from '../../data/problem.ts';
import { TEXTS } from '../../texts/index.ts';

const { runs } = TEXTS;

const TONES = {
  queued: 'busy',
  planning: 'busy',
  analyzing: 'busy',
  merging: 'busy',
  completed: 'good',
  partial: 'warn',
  failed: 'bad',
  cancelled: 'neutral',
} as const satisfies Record<RunState, string>;

export const toneOf = (state: RunState) => TONES[state];

export const isBusy = (state: RunState): boolean => TONES[state] === 'busy';

/** Whether it has rows that can be shown. */
export const hasMatrix = ({ state }: Pick<Run, 'state'>): boolean => state === 'completed' || state === 'partial';

/** The first document, and how many more. */
export const nameOf = ({ documents, conversionIds }: Pick<RunView, 'documents' | 'conversionIds'>): string => {
  const [first, ...more] = documents;
  if (first === undefined) return runs.nameless(conversionIds.length);
  return more.length === 0 ? first.fileName : runs.nameOfMany(first.fileName, more.length);
};

/** How far it is: a text, and a share from 0 to 1 where one is known. Null when nothing is being done. */
export const progressOf = ({
  state,
  progress: { planned, done, failed },
}: Pick<Run, 'state' | 'progress'>): { text: string; share: number | null } | null => {
  if (!isBusy(state)) return null;
  if (planned === 0) return { text: state === 'planning' ? runs.beingPlanned : '', share: null };
  const settled = done + failed;
  return { text: runs.windows(settled, planned), share: state === 'analyzing' ? settled / planned : null };
};

/** The ledger in a few words, and whether it is closed; null when there is none yet. */
export const coverageOf = ({ coverage }: Pick<Run, 'coverage'>): { text: string; isClosed: boolean } | null => {
  if (!coverage) return null;
  const { sentences, unresolved, complete } = coverage;
  if (unresolved > 0) return { text: runs.unresolved(unresolved, sentences), isClosed: false };
  return { text: complete ? runs.complete(sentences) : runs.accounted(sentences), isClosed: complete };
};

const PAGE = /:\d+$/;

/** What keeps it from being whole and what to do; empty when nothing does. */
export const troublesOf = ({
  state,
  failure,
  missing = [],
  notRead = [],
  progress: { failed },
}: Pick<Run, 'state' | 'failure' | 'missing' | 'notRead' | 'progress'>): string[] => {
  if (state === 'failed') return [failure ? messageOf(failure) : runs.failedWithoutWord];
  const isWindow = (part: string): boolean => /^[a-z-]+-\d{5}$/.test(part);
  const windows = Math.max(failed, missing.filter(isWindow).length);
  const pages = missing.filter((part) => PAGE.test(part)).length;
  const documents = missing.filter((part) => !isWindow(part) && !PAGE.test(part)).length;
  return [
    ...(notRead.length > 0 ? [runs.filesNotRead(notRead.length)] : []),
    ...(windows > 0 ? [runs.failedWindows(windows)] : []),
    ...(pages > 0 ? [runs.missingPages(pages)] : []),
    ...(documents > 0 ? [runs.missingDocuments(documents)] : []),
  ];
};
