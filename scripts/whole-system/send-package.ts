/** A package on its whole way as a client sends it: uploads, conversions, one run over them, and its results. */
import type { AnalysisKind } from '../../functions/src/contracts/analysis.ts';
import type { Client } from '../../functions/src/contracts/client.ts';
import type { ConversionView } from '../../functions/src/contracts/conversion.ts';
import type { OperationInput, OperationResponse } from '../../functions/src/contracts/operations.ts';
import type { RunView } from '../../functions/src/contracts/run.ts';
import { mediaTypeOf } from './media-types.ts';
import { poll } from './patience.ts';

/** Of listConversions. A package has fewer documents. */
const LARGEST_PAGE = 100;
const OPEN_CONVERSION: ReadonlySet<string> = new Set(['awaiting_upload', 'queued', 'converting']);
const OPEN_RUN: ReadonlySet<string> = new Set(['queued', 'planning', 'analyzing', 'merging']);

type ExportFormat = OperationInput<'exportRun'>['format'];
type Grant = OperationResponse<'createUpload'>['upload'];

export type StepName = 'uploaded' | 'converted' | 'analysed' | 'fetched';

export interface FileToSend {
  /** As the person named it. */
  file: string;
  /** Last part only. */
  fileName: string;
  bytes: Uint8Array;
}

export interface SendOptions {
  client: Client;
  /** In package order. */
  files: readonly FileToSend[];
  kinds: AnalysisKind[];
  formats: readonly ExportFormat[];
  signal: AbortSignal;
  onStep?: (step: StepName, sent: SentPackage) => void;
}

export interface SentFile {
  file: string;
  conversion: ConversionView;
  /** Of a document that is part of the run. */
  markdown?: Uint8Array;
  /** The same bytes under another name, which is part of the run. */
  sameAs?: string;
}

export interface SentPackage {
  /** In the order of `files`. */
  documents: SentFile[];
  /** Absent when no file could be converted. */
  run?: RunView;
  /** Of a run that has a result. */
  exports: { format: ExportFormat; bytes: Uint8Array }[];
}

const requireOk = async (answer: Response, what: string): Promise<Response> => {
  if (!answer.ok) throw new Error(`${what} was refused with ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
  return answer;
};

/** To Cloud Storage itself, with the headers of the grant and no others. */
const put = async ({ url, method, headers, resumable }: Grant, bytes: Uint8Array, signal: AbortSignal) => {
  const body = new Uint8Array(bytes);
  if (!resumable) return requireOk(await fetch(url, { method, headers, body, signal }), 'The upload');
  const session = await requireOk(await fetch(url, { method, headers, signal }), 'The upload');
  const location = session.headers.get('location') ?? '';
  return requireOk(await fetch(location, { method: 'PUT', body, signal }), 'The upload');
};

const download = async ({ url }: { url: string }, signal: AbortSignal): Promise<Uint8Array> =>
  new Uint8Array(await (await requireOk(await fetch(url, { signal }), 'The download')).arrayBuffer());

/** Answers the conversion's id. */
const upload = async ({ client, signal }: SendOptions, { fileName, bytes }: FileToSend): Promise<string> => {
  const request = { fileName, contentType: mediaTypeOf(fileName), sizeBytes: bytes.length };
  const { conversionId, upload: grant } = await client.createUpload(request, { signal });
  await put(grant, bytes, signal);
  return conversionId;
};

/** In the order of `conversionIds`, once none of them is open. One request asks about all. */
const conversionsSettled = ({ client, signal }: SendOptions, conversionIds: readonly string[]) =>
  poll(signal, async () => {
    const { conversions } = await client.listConversions({ pageSize: LARGEST_PAGE }, { signal });
    const byId = new Map(conversions.map((conversion) => [conversion.conversionId, conversion]));
    const seen = conversionIds.flatMap((conversionId) => byId.get(conversionId) ?? []);
    const isOver = seen.length === conversionIds.length && seen.every(({ state }) => !OPEN_CONVERSION.has(state));
    return isOver ? seen : null;
  });

const runSettled = ({ client, signal }: SendOptions, runId: string): Promise<RunView> =>
  poll(signal, async () => {
    const { run } = await client.getRun({ runId }, { signal });
    return OPEN_RUN.has(run.state) ? null : run;
  });

/** Files of the same bytes are one document. */
const nameDuplicates = (documents: readonly SentFile[]): SentFile[] => {
  const first = new Map<string, string>();
  return documents.map((sent) => {
    const documentId = sent.conversion.result?.documentId;
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

const fetchMarkdown = async ({ client, signal }: SendOptions, sent: SentFile): Promise<void> => {
  const { conversionId } = sent.conversion;
  const { download: from } = await client.getDownloadUrl({ conversionId, name: 'markdown' }, { signal });
  sent.markdown = await download(from, signal);
};

/** @throws ApiError for what the API refuses; a conversion or a run that fails is part of the answer. */
export const sendPackage = async (options: SendOptions): Promise<SentPackage> => {
  const { client, files, kinds, signal, onStep } = options;
  const sent: SentPackage = { documents: [], exports: [] };
  const conversionIds = await Promise.all(files.map((file) => upload(options, file)));
  onStep?.('uploaded', sent);

  const conversions = await conversionsSettled(options, conversionIds);
  sent.documents = nameDuplicates(
    conversions.map((conversion, index) => ({ file: files[index]?.file ?? conversion.fileName, conversion })),
  );
  onStep?.('converted', sent);

  const different = sent.documents.filter(({ conversion, sameAs }) => conversion.result && sameAs === undefined);
  if (different.length === 0) return sent;
  const started = await client.startAnalysis(
    { conversionIds: different.map(({ conversion }) => conversion.conversionId), kinds },
    { signal },
  );
  sent.run = await runSettled(options, started.run.runId);
  onStep?.('analysed', sent);

  sent.exports = await fetchExports(options, sent.run);
  await Promise.all(different.map((document) => fetchMarkdown(options, document)));
  onStep?.('fetched', sent);
  return sent;
};
