/** What the user is told at the end: lines on stderr, or one JSON object on stdout. */
import { debuglog } from 'node:util';
import type { Document } from '../../functions/src/contracts/document.ts';
import { type AppError, asAppError, toErrorBody } from '../../functions/src/errors.ts';
import { isConverted, type Outcome } from './convert-files.ts';
import type { CliDeps } from './deps.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { conversionWarnings, errorLine, incompleteWarnings, isWhole } from './messages.ts';

/** Exit code of a job over several files. */
export const jobExitCode = (outcomes: readonly Outcome[]): ExitCode => {
  const converted = outcomes.filter(isConverted);
  if (converted.length === 0) return EXIT.failed;
  const whole = converted.every(({ document }) => isWhole(document));
  return whole && converted.length === outcomes.length ? EXIT.done : EXIT.partial;
};

interface Failure {
  /** Of a manifest. */
  id?: string;
  file: string;
  error: AppError;
}

export const failuresOf = (outcomes: readonly Outcome[]): Failure[] =>
  outcomes.flatMap((outcome) => (isConverted(outcome) ? [] : [outcome]));

/** `NODE_DEBUG=mdraft` shows what is behind an error; it may hold text of the document, so it is never shown unasked. */
const showCause = debuglog('mdraft');

export const writeError = (error: AppError, deps: Pick<CliDeps, 'stderr'>): void => {
  deps.stderr.write(errorLine(error));
  showCause('%o', error.cause);
};

/** What failed, what is incomplete and, unless quiet, what else there is to know about a file. */
export const reportOutcome = (outcome: Outcome, deps: CliDeps, quiet: boolean): void => {
  if (!isConverted(outcome)) {
    writeError(outcome.error, deps);
    return;
  }
  for (const line of incompleteWarnings(outcome.document)) deps.stderr.write(line);
  if (!quiet) for (const line of conversionWarnings(outcome.document)) deps.stderr.write(line);
};

/** The facts about a document that a program wants; its blocks are left out. */
export const documentFacts = (document: Document): object => ({
  documentId: document.documentId,
  mediaType: document.mediaType,
  sizeBytes: document.sizeBytes,
  title: document.title,
  pages: document.pages.length,
  pagesNeedingOcr: document.pagesNeedingOcr,
  quality: document.quality,
  messages: document.messages,
  safety: document.safety,
});

/** `{ok, partial, …result, failed}`; when nothing succeeded, `{ok: false, error, failed}` with the first error. */
export const reportJson = (failures: readonly Failure[], result: object, exitCode: ExitCode, deps: CliDeps): void => {
  const failed = failures.map(({ error, ...which }) => ({ ...which, error: toErrorBody(error) }));
  const [first] = failures;
  const body =
    exitCode === EXIT.failed && first
      ? { ok: false, error: toErrorBody(first.error), failed }
      : { ok: true, partial: exitCode === EXIT.partial, ...result, failed };
  deps.stdout.write(`${JSON.stringify(body)}\n`);
};

/** An error that ended the command. */
export const reportError = (thrown: unknown, json: boolean, deps: Pick<CliDeps, 'stdout' | 'stderr'>): AppError => {
  const error = asAppError(thrown);
  if (json) deps.stdout.write(`${JSON.stringify({ ok: false, error: toErrorBody(error) })}\n`);
  else writeError(error, deps);
  return error;
};
