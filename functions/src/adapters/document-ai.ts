/** Text recognition by a Document AI processor of the type Document OCR (or Form Parser, which adds tables). */
import type { DocumentProcessorServiceClient } from '@google-cloud/documentai';
import { AppError } from '../errors.ts';
import type { Ocr } from '../ports.ts';
import { toOcrPages } from './document-ai/to-ocr-pages.ts';

type ClientOptions = NonNullable<ConstructorParameters<typeof DocumentProcessorServiceClient>[0]>;

export interface DocumentAiConfig {
  projectId: string;
  /** "us", "eu", … It also chooses the endpoint, unless `connection` names one. */
  location: string;
  processorId: string;
  timeoutSeconds: number;
  /** Where a stand-in is; asked for with the first call. */
  connection?: () => Promise<Pick<ClientOptions, 'apiEndpoint' | 'port' | 'sslCreds'>>;
}

/** Limits of a call, https://cloud.google.com/document-ai/limits */
const MAX_PAGES = 15;
const MAX_BYTES = 40 * 1024 * 1024;

/** Tokens and symbols are most of an answer, and pictures of the pages come with it too: none of them is asked for. */
const FIELDS = [
  'text',
  'pages.page_number',
  'pages.dimension',
  'pages.detected_languages',
  'pages.paragraphs',
  'pages.lines',
  'pages.tables',
];

/** Status codes of gRPC after which the same call may succeed: DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL, UNAVAILABLE. */
const PASSING = new Set([4, 8, 10, 13, 14]);

const PROBLEMS: Readonly<Record<number, string>> = {
  3: 'the file is damaged, protected, or of a kind that is not read',
  5: 'the recognition processor in the settings does not exist',
  7: 'the recognition processor may not be used with these credentials',
  9: 'the recognition processor is switched off',
  16: 'the recognition processor may not be used with these credentials',
};

const translate = (error: unknown): AppError => {
  if (error instanceof AppError) return error;
  const status = typeof error === 'object' && error !== null && 'code' in error ? Number(error.code) : Number.NaN;
  if (PASSING.has(status)) return new AppError('OCR_OVERLOADED', { status });
  const problem = PROBLEMS[status] ?? 'the recognition service refused them';
  return new AppError('OCR_FAILED', { problem, status: Number.isNaN(status) ? null : status }, { cause: error });
};

const check = ({ bytes, pageNumbers, pageSizes }: Parameters<Ocr['recognise']>[0]): void => {
  const refuse = (problem: string): AppError => new AppError('OCR_FAILED', { problem });
  if (bytes.length === 0) throw refuse('the file is empty');
  if (bytes.length > MAX_BYTES) throw refuse('the file is larger than 40 MB');
  if (pageNumbers.length === 0 || pageNumbers.length > MAX_PAGES)
    throw refuse(`1 to ${MAX_PAGES} pages can be read at once, not ${pageNumbers.length}`);
  if (pageSizes && pageSizes.length !== pageNumbers.length) throw refuse('the sizes given are not those of the pages');
};

/** The library is loaded, and the connection made, with the first call. */
export const createDocumentAiOcr = (config: DocumentAiConfig): Ocr => {
  const { projectId, location, processorId, timeoutSeconds } = config;
  let connecting: Promise<DocumentProcessorServiceClient> | undefined;
  const connect = async (): Promise<DocumentProcessorServiceClient> => {
    const { DocumentProcessorServiceClient: Client } = await import('@google-cloud/documentai');
    return new Client({
      projectId,
      apiEndpoint: `${location}-documentai.googleapis.com`,
      ...(await config.connection?.()),
    });
  };
  return {
    maxPages: MAX_PAGES,
    async recognise(request) {
      check(request);
      connecting ??= connect();
      try {
        const client = await connecting;
        const [reply] = await client.processDocument(
          {
            name: client.processorPath(projectId, location, processorId),
            rawDocument: { content: request.bytes, mimeType: request.mediaType },
            fieldMask: { paths: FIELDS },
          },
          // The queue retries, with all of its patience; a retry in here would only hold the function open.
          { timeout: timeoutSeconds * 1000, retry: { retryCodes: [] } },
        );
        return toOcrPages(reply.document ?? {}, request);
      } catch (error) {
        throw translate(error);
      }
    },
  };
};
