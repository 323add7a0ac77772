/** A package on its whole way as a client sends it: uploads, conversions, one run over them, and its results. */
import { basename } from 'node:path';
import type { AnalysisKind } from '../../functions/src/contracts/analysis.ts';
import type { Client } from '../../functions/src/contracts/client.ts';
import type { ConversionView } from '../../functions/src/contracts/conversion.ts';
import type { OperationInput } from '../../functions/src/contracts/operations.ts';
import type { RunView } from '../../functions/src/contracts/run.ts';
import { AppError } from '../../functions/src/errors.ts';
import { mapBounded } from '../../functions/src/pipeline/map-bounded.ts';
import { conversionsSettled } from './conversions-settled.ts';
import { withFilesInside } from './files-inside.ts';
import { patientClient, poll, type Wait } from './patience.ts';
import { type TakenBack, takeBack } from './take-back.ts';
import { type FileFailure, type FileToSend, requireOk, type UploadOutcome, uploadFiles } from './upload-files.ts';

/** Characters of a file's name that the API takes. */
const LONGEST_NAME = 255;
const DOWNLOADS_AT_ONCE = 8;
const OPEN_RUN: ReadonlySet<string> = new Set(['queued', 'planning', 'analyzing', 'merging']);

type ExportFormat = OperationInput<'exportRun'>['format'];

export type StepName = 'uploaded' | 'converted' | 'analysed' | 'fetched';

export interface SendOptions {
  client: Client;
  /** In package order. */
  files: readonly FileToSend[];
  kinds: AnalysisKind[];
  /** Files of the package that cannot even be sent. */
  unreadable?: readonly { file: string; failure: { reason: string } }[];
  formats: readonly ExportFormat[];
  signal: AbortSignal;
  onStep?: (step: StepName, sent: SentPackage) => void;
  /** The service answers only when some seconds have passed. */
  onWait?: (wait: Wait, sent: SentPackage) => void;
  /** Nothing came of the package: its uploads were deleted again. */
  onTakenBack?: (taken: TakenBack) => void;
}

export interface SentFile {
  /** As the person named it; of a file in an archive or a mail, "package.zip/sow.pdf". */
  file: string;
  /** Absent when the upload was refused. */
  conversion?: ConversionView;
  /** Absent when the document could be read. */
  failure?: FileFailure;
  /** Of a document that is part of the run. */
  markdown?: Uint8Array;
  /** The same bytes under another name, which is part of the run. */
  sameAs?: string;
}

export interface SentPackage {
  /** Files. */
  uploaded: number;
  /** In the order of `files`, each followed by the files in it. */
  documents: SentFile[];
  /** Absent when no file could be converted. */
  run?: RunView;
  /** Of a run that has a result. */
  exports: { format: ExportFormat; bytes: Uint8Array }[];
}

/** A document that is part of the run. */
type ReadDocument = SentFile & { conversion: ConversionView };

export const isRead = (sent: SentFile): sent is ReadDocument => sent.failure === undefined && sent.sameAs === undefined;

/** The run takes in by itself what is in a file. */
const isInside = ({ conversion }: SentFile): boolean => conversion?.container !== undefined;

/** What an archive shows is the list of its files: no document of a run. */
const isArchive = ({ conversion }: ReadDocument): boolean => conversion.result?.mediaType === 'application/zip';

const download = async ({ url }: { url: string }, signal: AbortSignal): Promise<Uint8Array> =>
  new Uint8Array(await (await requireOk(await fetch(url, { signal }), 'The download')).arrayBuffer());

const runSettled = ({ client, signal }: SendOptions, runId: string): Promise<RunView> =>
  poll(signal, async () => {
    const { run } = await client.getRun({ runId }, { signal });
    return OPEN_RUN.has(run.state) ? null : run;
  });

const failureOf = (conversion: ConversionView | undefined): FileFailure | undefined => {
  if (conversion?.result) return undefined;
  if (conversion?.failure) return conversion.failure;
  const { reason, publicMessage } = new AppError(conversion ? 'UPLOAD_MISSING' : 'CONVERSION_NOT_FOUND');
  return { reason, message: publicMessage };
};

const sentFile = (file: string, outcome: UploadOutcome, settled: ReadonlyMap<string, ConversionView>): SentFile => {
  if ('failure' in outcome) return { file, failure: outcome.failure };
  const conversion = settled.get(outcome.conversionId);
  const failure = failureOf(conversion);
  return { file, ...(conversion && { conversion }), ...(failure && { failure }) };
};

/** Files of the same bytes are one document. */
const nameDuplicates = (documents: readonly SentFile[]): SentFile[] => {
  const first = new Map<string, string>();
  return documents.map((sent) => {
    const documentId = sent.conversion?.result?.documentId;
    const sameAs = documentId === undefined ? undefined : first.get(documentId);
    if (documentId !== undefined && sameAs === undefined) first.set(documentId, sent.file);
    return sameAs === undefined ? sent : { ...sent, sameAs };
  });
};

const fetchExports = (options: SendOptions, { runId, state }: RunView): Promise<SentPackage['exports']> => {
  const { client, formats, signal } = options;
  const hasResult = state === 'completed' || state === 'partial';
  return Promise.all(
    (hasResult ? formats : []).map(async (format) => {
      const { download: from } = await client.exportRun({ runId, format }, { signal });
      return { format, bytes: await download(from, signal) };
    }),
  );
};

const fetchMarkdown = async ({ client, signal }: SendOptions, sent: ReadDocument): Promise<void> => {
  const { conversionId } = sent.conversion;
  const { download: from } = await client.getDownloadUrl({ conversionId, name: 'markdown' }, { signal });
  sent.markdown = await download(from, signal);
};

/** What the run is told of the files that it does not read. */
const notReadOf = (files: readonly { file: string; failure?: { reason: string } }[]) =>
  files.flatMap(({ file, failure }) =>
    failure ? [{ fileName: basename(file).slice(0, LONGEST_NAME), reason: failure.reason }] : [],
  );

/** Fills in `sent` as far as the run, which is absent when no document could be read. */
const beginRun = async (
  options: SendOptions,
  sent: SentPackage,
  on: Pick<Parameters<typeof uploadFiles>[0], 'onBegun' | 'onUploaded'>,
): Promise<void> => {
  const { client, files, kinds, unreadable = [], signal, onStep } = options;
  const outcomes = await uploadFiles({ client, signal, ...on }, files);
  const begunIds = outcomes.flatMap((outcome) => ('failure' in outcome ? [] : outcome.conversionId));
  if (begunIds.length > 0) onStep?.('uploaded', sent);

  const settled = await conversionsSettled(client, begunIds, signal);
  const uploaded = outcomes.map((outcome, index) => sentFile(files[index]?.file ?? '', outcome, settled));
  const fileInside = (file: string, conversionId: string, found: typeof settled): SentFile =>
    sentFile(file, { conversionId }, found);
  sent.documents = nameDuplicates(await withFilesInside(client, uploaded, fileInside, signal));
  const given = sent.documents.filter((document) => !isInside(document));
  const read = given.filter(isRead);
  if (read.length === 0) return;
  onStep?.('converted', sent);
  const conversionIds = read.map(({ conversion }) => conversion.conversionId);
  const request = { conversionIds, kinds, notRead: notReadOf([...unreadable, ...given]) };
  sent.run = (await client.startAnalysis(request, { signal })).run;
};

/**
 * A file that is refused or cannot be converted, and a run that fails, are part of the answer.
 * @throws ApiError for what the API refuses, and an abort of `signal`; what was uploaded is deleted first, unless a run reads it.
 */
export const sendPackage = async (given: SendOptions): Promise<SentPackage> => {
  const sent: SentPackage = { uploaded: 0, documents: [], exports: [] };
  const begun: string[] = [];
  const client = patientClient(given.client, (wait) => given.onWait?.(wait, sent));
  const options = { ...given, client };
  const { signal, onStep } = given;
  try {
    await beginRun(options, sent, {
      onBegun: (conversionId) => begun.push(conversionId),
      onUploaded: () => {
        sent.uploaded += 1;
      },
    });
  } catch (thrown) {
    if (begun.length > 0) {
      const taken = await takeBack({ patient: client, plain: given.client }, begun, signal);
      given.onTakenBack?.(taken);
    }
    throw thrown;
  }
  if (!sent.run) return sent;
  sent.run = await runSettled(options, sent.run.runId);
  onStep?.('analysed', sent);

  sent.exports = await fetchExports(options, sent.run);
  const documents = sent.documents.filter(isRead).filter((document) => !isArchive(document));
  await mapBounded(documents, DOWNLOADS_AT_ONCE, (document) => fetchMarkdown(options, document));
  onStep?.('fetched', sent);
  return sent;
};
