/** What the person at the terminal is told of a package on its way. */
import { basename } from 'node:path';
import { RATE_LIMITS } from '../../functions/src/contracts/operations.ts';
import type { CliDeps } from '../cli/deps.ts';
import { plural, printable } from '../cli/messages.ts';
import type { Wait } from './patience.ts';
import type { SentPackage, StepName } from './send-package.ts';
import type { TakenBack } from './take-back.ts';

/** Of all documents that could be read. */
export const pagesOf = ({ documents }: SentPackage): number =>
  documents.reduce((sum, { conversion }) => sum + (conversion?.result?.pages ?? 0), 0);

const STEPS: Readonly<Record<StepName, (sent: SentPackage) => string>> = {
  uploaded: ({ uploaded }) => `${plural(uploaded, 'document')} by signed URL`,
  converted: (sent) => `event, queue, converter: ${plural(pagesOf(sent), 'page')}`,
  analysed: ({ run }) => `${plural(run?.progress.planned ?? 0, 'window')}, ${plural(run?.rows ?? 0, 'requirement')}`,
  fetched: ({ exports }) => `${exports.map(({ format }) => format).join(', ')} and Markdown`,
};

export const stepLine = (step: StepName, elapsedMs: number, sent: SentPackage): string =>
  `  ${step.padEnd(10)} ${`${(elapsedMs / 1000).toFixed(1)} s`.padStart(7)}  ${STEPS[step](sent)}\n`;

/** "waiting 23 s: 20 uploads a minute are allowed; 20 of 55 uploaded" */
export const waitLine = ({ operation, seconds, refusal }: Wait, uploaded: number, files: number): string => {
  const { limit, window } = refusal.details;
  const isUpload = operation === 'createUpload';
  const what = isUpload && limit === RATE_LIMITS.upload.perMinute ? 'uploads' : 'requests';
  const why = refusal.reason === 'RATE_LIMITED' ? `${limit} ${what} a ${window} are allowed` : refusal.message;
  return `  waiting ${seconds} s: ${why}${isUpload ? `; ${uploaded} of ${files} uploaded` : ''}\n`;
};

export const takenBackLine = ({ deleted, kept }: TakenBack): string => {
  const left =
    kept === 0 ? '' : ` ${plural(kept, 'document')} could not be deleted and ${kept === 1 ? 'stays' : 'stay'}.`;
  return `note: The package was given up; ${plural(deleted, 'uploaded document')} ${deleted === 1 ? 'was' : 'were'} deleted again.${left}\n`;
};

/** Some reasons are told of a file, others of a service. */
const naming = (file: string, message: string): string =>
  message.includes(basename(file)) ? message : `${basename(file)}: ${message}`;

export const tellTroubles = ({ documents, run }: SentPackage, stderr: CliDeps['stderr']): void => {
  const write = (line: string): void => {
    stderr.write(`${printable(line)}\n`);
  };
  for (const { file, conversion, failure, sameAs } of documents) {
    if (failure) write(`error: ${naming(file, failure.message)} [${failure.reason}]`);
    if (sameAs !== undefined) write(`warning: ${file} has the same bytes as ${sameAs}; it was analysed once.`);
    const pages = conversion?.result?.pagesWithoutText ?? [];
    if (pages.length > 0) write(`warning: ${file}: no text on ${plural(pages.length, 'page')} (${pages.join(', ')}).`);
  }
  if (run?.failure) write(`error: ${run.failure.message} [${run.failure.reason}]`);
  for (const missing of run?.missing ?? []) write(`warning: the matrix is not complete: ${missing}`);
};
