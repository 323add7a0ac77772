/** What the service refuses before it reads a document (https://cloud.google.com/document-ai/limits). */
import { invalidArgument, ServiceError } from './service-error.ts';

export interface Processor {
  location: string;
  processorId: string;
  kind: 'ocr' | 'layout';
}

/** The request as gRPC hands it over; absent messages are null. */
export interface ProcessRequest {
  name: string;
  rawDocument?: { content: Uint8Array; mimeType: string } | null;
  inlineDocument?: unknown;
  gcsDocument?: unknown;
  fieldMask?: { paths: string[] } | null;
  processOptions?: PageOptions | null;
}

interface PageOptions {
  individualPageSelector?: { pages: number[] } | null;
  fromStart?: number;
  fromEnd?: number;
  /** Which of the three was set. */
  pageRange?: string;
}

const MAX_PAGES = 15;
const MAX_BYTES = { ocr: 40 * 1024 * 1024, layout: 20 * 1024 * 1024 } as const;

/** First bytes by mime type. */
const SIGNATURES: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['%PDF-'],
  'image/png': ['\x89PNG'],
  'image/jpeg': ['\xff\xd8\xff'],
  'image/tiff': ['II*\0', 'MM\0*'],
  'image/bmp': ['BM'],
  'image/webp': ['RIFF'],
  'image/gif': ['GIF8'],
};
const MIME_TYPES: Readonly<Record<Processor['kind'], readonly string[]>> = {
  ocr: Object.keys(SIGNATURES),
  layout: ['application/pdf'],
};
/** The Layout Parser reads these too; this one does not. */
const LAYOUT_ONLY = /^text\/html$|^application\/vnd\.openxmlformats-officedocument\./;

const NAME = /^projects\/([^/]+)\/locations\/([^/]+)\/processors\/([^/]+)(?:\/processorVersions\/[^/]+)?$/;

/** The processor that a request names, in the project and place that are served here. */
export const findProcessor = (
  name: string,
  served: { projectId: string; location: string; processors: readonly Processor[] },
): Processor => {
  const [whole, project, location, processorId] = NAME.exec(name) ?? [];
  if (whole === undefined) throw invalidArgument('Invalid processor name.');
  if (location !== served.location)
    throw invalidArgument(`Invalid location: '${location}' must match the server deployment '${served.location}'.`);
  if (project !== served.projectId)
    throw new ServiceError(
      'PERMISSION_DENIED',
      `Permission 'documentai.processors.processOnline' denied on '${name}'.`,
    );
  const found = served.processors.find((one) => one.location === location && one.processorId === processorId);
  if (!found) throw new ServiceError('NOT_FOUND', `Processor with id '${processorId}' not found.`);
  return found;
};

const beginsLike = (content: Uint8Array, mimeType: string): boolean => {
  const head = Buffer.from(content.subarray(0, 1024)).toString('latin1');
  const signatures = SIGNATURES[mimeType] ?? [];
  return mimeType === 'application/pdf'
    ? signatures.some((mark) => head.includes(mark))
    : signatures.some((mark) => head.startsWith(mark));
};

/** The document of a request, if its type and size are taken. */
export const readRawDocument = (
  { rawDocument, gcsDocument, inlineDocument }: ProcessRequest,
  { kind }: Processor,
): { content: Uint8Array; mimeType: string } => {
  if (gcsDocument || inlineDocument)
    throw new ServiceError('UNIMPLEMENTED', 'Only raw documents are read by this stand-in.');
  if (!rawDocument || rawDocument.content.length === 0) throw invalidArgument('Document content is empty.');
  const { content, mimeType } = rawDocument;
  if (kind === 'layout' && LAYOUT_ONLY.test(mimeType))
    throw new ServiceError('UNIMPLEMENTED', 'Only PDF is laid out by this stand-in.');
  if (!MIME_TYPES[kind].includes(mimeType)) throw invalidArgument(`Unsupported input file format: '${mimeType}'.`);
  const limit = MAX_BYTES[kind];
  if (content.length > limit) throw invalidArgument(`Document size (${content.length}) exceeds the limit: ${limit}.`);
  if (!beginsLike(content, mimeType))
    throw invalidArgument('The document is damaged, protected, or not of its mime type.');
  return { content, mimeType };
};

const pagesFrom = (options: PageOptions | null | undefined, pageCount: number): number[] => {
  const all = Array.from({ length: pageCount }, (_, index) => index + 1);
  switch (options?.pageRange) {
    case 'individualPageSelector': {
      const pages = options.individualPageSelector?.pages ?? [];
      if (pages.length === 0 || pages.some((page) => !all.includes(page)))
        throw invalidArgument(`Invalid page selection: the document has pages 1 to ${pageCount}.`);
      return all.filter((page) => pages.includes(page));
    }
    case 'fromStart':
      if ((options.fromStart ?? 0) < 1) throw invalidArgument('from_start must be positive.');
      return all.slice(0, options.fromStart);
    case 'fromEnd':
      if ((options.fromEnd ?? 0) < 1) throw invalidArgument('from_end must be positive.');
      return all.slice(-(options.fromEnd ?? 0));
    default:
      return all;
  }
};

/** The pages to be processed, 1-based; the limit is on them, not on the document. */
export const selectPages = (options: PageOptions | null | undefined, pageCount: number): number[] => {
  const pages = pagesFrom(options, pageCount);
  if (pages.length > MAX_PAGES)
    throw invalidArgument(`Document pages exceed the limit: ${MAX_PAGES} got ${pages.length}.`);
  return pages;
};
