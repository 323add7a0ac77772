/** Bytes in, Document out: the way through every format is the same, only the reader differs. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Block, ConversionMessage, Document, Page } from '../contracts/document.ts';
import { AppError } from '../errors.ts';
import type { Format } from './detect-format.ts';
import { checkSize, detectFormat, mediaTypeOf } from './detect-format.ts';
import { recognitionNote } from './document-ai/page-facts.ts';
import type { ImageFormat } from './image/read-image.ts';
import { limitNesting } from './limit-nesting.ts';
import type { PdfiumModule } from './pdf/pdfium.ts';
import { qualityOf } from './quality.ts';
import type {
  ConvertInput,
  ConvertLimits,
  ExtractedPages,
  ExtractInput,
  OnProgress,
  SourceTree,
  UnpackedFile,
  UnpackInput,
} from './source-tree.ts';
import { toMarkdown } from './to-markdown.ts';
import { removeUnseen } from './unseen-characters.ts';

interface Converter {
  /**
   * Rejects with an AppError if the file cannot or may not be read. Any other error is a fault of ours, which the caller reports.
   */
  convert(input: ConvertInput, limits: ConvertLimits, onProgress?: OnProgress): Promise<Document>;
  /** Rejects as `convert` does, and for a format whose pages are never recognised. */
  extractPages(input: ExtractInput, limits: ConvertLimits): Promise<ExtractedPages>;
  /** The files in a mail or an archive, those that come out. Rejects as `convert` does, and for a format that holds none. */
  unpack(input: UnpackInput, limits: ConvertLimits): Promise<UnpackedFile[]>;
}

type Reader = (input: ConvertInput, limits: ConvertLimits, onProgress: OnProgress) => Promise<SourceTree>;

/** `pdfiumWasm`: the bytes of pdfium.wasm; compiled when the first PDF comes. Each reader is loaded when its format is first met. */
export const createConverter = ({ pdfiumWasm }: { pdfiumWasm: Uint8Array }): Converter => {
  let pdfium: Promise<PdfiumModule> | undefined;
  const loadPdfium = async (): Promise<PdfiumModule> => {
    const { loadPdfium: load } = await import('./pdf/pdfium.ts');
    pdfium ??= load(pdfiumWasm);
    return pdfium;
  };
  const readers = createReaders(loadPdfium);
  const detect = ({ bytes, fileName }: Pick<ConvertInput, 'bytes' | 'fileName'>, limits: ConvertLimits): Format => {
    const format = detectFormat(bytes, fileName);
    checkSize(bytes, format, fileName, limits);
    return format;
  };
  return {
    convert: async (input, limits, onProgress = () => undefined) => {
      const format = detect(input, limits);
      const tree = await readers[format](input, limits, onProgress);
      return buildDocument(input, format, tree);
    },
    extractPages: async (input, limits) => extract(input, detect(input, limits), loadPdfium),
    unpack: async (input, limits) => {
      const format = detect(input, limits);
      return (await import('./unpack-container.ts')).unpackContainer(input, format, limits);
    },
  };
};

const createReaders = (loadPdfium: () => Promise<PdfiumModule>): Record<Format, Reader> => {
  const image =
    (format: ImageFormat): Reader =>
    async (input) =>
      (await import('./from-image.ts')).fromImage(input, format);
  return {
    pdf: async (input, _limits, onProgress) => {
      const [pdfium, { fromPdf }] = await Promise.all([loadPdfium(), import('./pdf/index.ts')]);
      return fromPdf(input, pdfium, onProgress);
    },
    png: image('png'),
    jpeg: image('jpeg'),
    tiff: image('tiff'),
    docx: async (input, limits) => (await import('./docx/index.ts')).fromDocx(input, limits),
    xlsx: async (input, limits) => (await import('./xlsx/index.ts')).fromXlsx(input, limits),
    pptx: async (input, limits) => (await import('./pptx/index.ts')).fromPptx(input, limits),
    odt: async (input, limits) => (await import('./odf/from-odt.ts')).fromOdt(input, limits),
    ods: async (input, limits) => (await import('./odf/from-ods.ts')).fromOds(input, limits),
    odp: async (input, limits) => (await import('./odf/from-odp.ts')).fromOdp(input, limits),
    rtf: async (input) => (await import('./rtf/index.ts')).fromRtf(input),
    doc: async (input) => (await import('./doc/index.ts')).fromDoc(input),
    xls: async (input) => (await import('./xls/index.ts')).fromXls(input),
    epub: async (input, limits) => (await import('./epub/index.ts')).fromEpub(input, limits),
    eml: async (input) => (await import('./mail/from-eml.ts')).fromEml(input),
    msg: async (input) => (await import('./mail/from-msg.ts')).fromMsg(input),
    zip: async (input, limits) => (await import('./archive/from-zip.ts')).fromZip(input, limits),
    html: async (input) => (await import('./from-html.ts')).fromHtml(input),
    text: async (input) => (await import('./from-text.ts')).fromText(input),
    markdown: async (input) => (await import('./from-markdown.ts')).fromMarkdown(input),
    csv: async (input) => (await import('./from-csv.ts')).fromCsv(input),
  };
};

const extract = async (
  input: ExtractInput,
  format: Format,
  loadPdfium: () => Promise<PdfiumModule>,
): Promise<ExtractedPages> => {
  switch (format) {
    case 'pdf': {
      const [pdfium, { extractPdfPages }] = await Promise.all([loadPdfium(), import('./pdf/extract-pages.ts')]);
      return { ...extractPdfPages(input, pdfium), mediaType: 'application/pdf' };
    }
    case 'png':
    case 'jpeg':
    case 'tiff': {
      const { extractImagePages } = await import('./image/extract-image-pages.ts');
      return { ...extractImagePages(input, format), mediaType: `image/${format}` };
    }
    default: {
      const problem = `${mediaTypeOf(format)} has no pages to take out`;
      throw new AppError('FORMAT_UNSUPPORTED', {
        fileName: input.fileName,
        problem,
        supported: 'single pages of PDF documents and of images',
      });
    }
  }
};

/** Pages that wait for OCR have messages of their own. */
const NO_TEXT: ConversionMessage = {
  level: 'warning',
  code: 'NO_TEXT',
  text: 'No text was found in the file. Check that it is the right one and that its text is not only in pictures.',
};

const buildDocument = (input: ConvertInput, format: Format, source: SourceTree): Document => {
  const documentId = bytesToHex(sha256(input.bytes)).slice(0, 16);
  const { tree, markdown, blocks } = write(source, documentId);
  const hasText = tree.pagesNeedingOcr.length > 0 || blocks.some(({ text }) => text !== '');
  const messages = [...recognitionNote(tree.pages), ...tree.messages, ...(hasText ? [] : [NO_TEXT])];
  return {
    documentId,
    fileName: input.fileName,
    mediaType: mediaTypeOf(format),
    sizeBytes: input.bytes.length,
    ...(tree.title ? { title: tree.title } : {}),
    ...(tree.language ? { language: tree.language } : {}),
    pageBasis: tree.pageBasis,
    pages: tree.pages,
    blocks: labelled(blocks, tree.pages),
    markdown,
    messages,
    safety: tree.safety,
    quality: qualityOf(tree, markdown.length, messages),
    pagesNeedingOcr: tree.pagesNeedingOcr,
    metadata: tree.metadata,
  };
};

/** The printed page where it is not simply the number. */
const labelled = (blocks: readonly Block[], pages: readonly Page[]): Block[] => {
  const labels = new Map(
    pages.flatMap(({ pageNumber, pageLabel }): [number, string][] =>
      pageLabel === undefined || pageLabel === String(pageNumber) ? [] : [[pageNumber, pageLabel]],
    ),
  );
  if (labels.size === 0) return [...blocks];
  return blocks.map((block) => {
    const pageLabel = block.pageNumber === undefined ? undefined : labels.get(block.pageNumber);
    return pageLabel === undefined ? block : { ...block, pageLabel };
  });
};

const write = (source: SourceTree, documentId: string) => {
  const { canonical } = source;
  if (canonical) return { tree: source, markdown: canonical.markdown, blocks: canonical.blocks(documentId) };
  const unseen = removeUnseen(source.root);
  const tree = limitNesting({ ...source, safety: [...source.safety, ...unseen] });
  return { tree, ...toMarkdown(tree, documentId) };
};
