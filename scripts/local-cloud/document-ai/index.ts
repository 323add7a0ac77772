/** Document AI on this machine: the real wire protocol, the real limits, and text that is really recognised. */
import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import { serveGrpc } from '../grpc-server.ts';
import { findProcessor, type Processor, type ProcessRequest, readRawDocument, selectPages } from './check-request.ts';
import { eraseRules } from './erase-rules.ts';
import { createFaults, type Faults } from './faults.ts';
import { applyFieldMask } from './field-mask.ts';
import { toLayoutDocument } from './layout-document.ts';
import { toOcrDocument } from './ocr-document.ts';
import { createRecogniser, type RecognisedPage, type Recogniser, toPgm } from './recognise.ts';
import { createPdfRenderer, type PdfRenderer } from './render-pdf.ts';
import { ServiceError } from './service-error.ts';
import { sharePages } from './share-pages.ts';
import { countTiffPages } from './tiff.ts';

const RENDER_DPI = 200;

export interface DocumentAiOptions {
  /** Must begin with demo-. */
  projectId: string;
  /** Each place has an endpoint of its own: this one serves "us", "eu", … and no other. */
  location: string;
  processors: readonly Processor[];
  /** 0, the default, takes a free one. */
  port?: number;
}

export interface DocumentAi {
  port: number;
  faults: Faults;
  /** How many calls arrived, refused ones too. */
  callCount(): number;
  close(): Promise<void>;
}

interface Reader {
  renderer: PdfRenderer;
  recogniser: Recogniser;
}

const readPdf = (content: Uint8Array, request: ProcessRequest, { renderer, recogniser }: Reader) =>
  renderer.withPdf(content, async ({ pageCount, render }) => {
    const pages: RecognisedPage[] = [];
    for (const pageNumber of selectPages(request.processOptions, pageCount)) {
      const image = render(pageNumber, RENDER_DPI);
      eraseRules(image);
      pages.push({
        ...(await recogniser.recognise(toPgm(image), pageNumber)),
        width: image.width,
        height: image.height,
      });
    }
    return pages;
  });

const readImage = async (
  document: { content: Uint8Array; mimeType: string },
  request: ProcessRequest,
  { recogniser }: Reader,
): Promise<RecognisedPage[]> => {
  const pageCount = document.mimeType === 'image/tiff' ? countTiffPages(document.content) : 1;
  selectPages(request.processOptions, pageCount);
  if (pageCount > 1) throw new ServiceError('UNIMPLEMENTED', 'Only TIFF files of one page are read by this stand-in.');
  return [await recogniser.recognise(document.content, 1)];
};

const process = async (request: ProcessRequest, options: DocumentAiOptions, reader: Reader): Promise<unknown> => {
  const processor = findProcessor(request.name, options);
  const document = readRawDocument(request, processor);
  const isPdf = document.mimeType === 'application/pdf';
  const pages = await (isPdf ? readPdf(document.content, request, reader) : readImage(document, request, reader));
  const toDocument = processor.kind === 'layout' ? toLayoutDocument : toOcrDocument;
  return { document: applyFieldMask({ ...toDocument(pages, document.mimeType) }, request.fieldMask?.paths) };
};

/** @throws Error for a project that is not a demo. */
export const createDocumentAi = async (options: DocumentAiOptions): Promise<DocumentAi> => {
  if (!options.projectId.startsWith('demo-'))
    throw new Error(`The local Document AI only serves projects whose id begins with demo-, not ${options.projectId}.`);
  const faults = createFaults();
  const reader: Reader = {
    renderer: createPdfRenderer(),
    recogniser: sharePages([createRecogniser(RENDER_DPI), createRecogniser(RENDER_DPI)]),
  };
  const inFlight = new Set<Promise<void>>();
  let calls = 0;
  const processDocument = (call: ServerUnaryCall<ProcessRequest, unknown>, answer: sendUnaryData<unknown>): void => {
    calls += 1;
    const work = faults
      .meet()
      .then(() => process(call.request, options, reader))
      .then(
        (reply) => answer(null, reply),
        (error: unknown) => {
          if (!(error instanceof ServiceError)) console.error('Document AI stand-in:', error);
          const shown = error instanceof ServiceError ? error : new ServiceError('INTERNAL', 'Internal error.');
          answer({ code: shown.code, details: shown.message });
        },
      )
      .finally(() => inFlight.delete(work));
    inFlight.add(work);
  };
  const server = await serveGrpc(options.port ?? 0, [
    {
      clientPackage: '@google-cloud/documentai',
      protoFile: 'google/cloud/documentai/v1/document_processor_service.proto',
      serviceName: 'google.cloud.documentai.v1.DocumentProcessorService',
      implementation: { processDocument },
    },
  ]);
  return {
    port: server.port,
    faults,
    callCount: () => calls,
    async close() {
      await server.close();
      // A call that its client has given up goes on here, and would start the recogniser anew.
      await Promise.allSettled(inFlight);
      await reader.recogniser.close();
    },
  };
};
