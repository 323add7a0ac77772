/** Tesseract, with its language data from the package: nothing is fetched. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import tesseract from 'tesseract.js';
import type { GreyImage } from './erase-rules.ts';
import { invalidArgument } from './service-error.ts';

/** Pixels, origin top left. */
export interface PixelBox {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

export interface RecognisedWord {
  text: string;
  box: PixelBox;
  /** 0–1, here and on lines. */
  confidence: number;
}

export interface RecognisedLine {
  words: RecognisedWord[];
  box: PixelBox;
  /** From the deepest descender to the highest ascender of its font, whether the line shows such letters or not. */
  height: number;
  confidence: number;
}

export interface RecognisedBlock {
  isTable: boolean;
  paragraphs: RecognisedLine[][];
}

export interface RecognisedPage {
  /** 1-based, in the document that was sent. */
  pageNumber: number;
  width: number;
  height: number;
  blocks: RecognisedBlock[];
}

const require = createRequire(import.meta.url);

export interface Recogniser {
  /** @throws ServiceError INVALID_ARGUMENT when the bytes are not an image. */
  recognise(image: Uint8Array, pageNumber: number): Promise<RecognisedPage>;
  close(): Promise<void>;
}

/** Grey pixels as a binary PGM file. */
export const toPgm = ({ width, height, pixels }: GreyImage): Uint8Array =>
  Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), pixels]);

/** PSM 3: finds the columns, tables and paragraphs of the page by itself. */
const AUTOMATIC_LAYOUT = '3';
const LSTM_ONLY = 1;
/** PT_TABLE of Tesseract's PolyBlockType. */
const TABLE_BLOCK = 6;
/** A gap this many times the line's height parts two lines that stand side by side; */
const WIDE_GAP = 1.3;
/** behind the mark of a list item it has to be wider. */
const GAP_AFTER_MARK = 2.5;
const MARK = /^(?:\(?[a-z\d]{1,3}[).]|[•·.*–-])$/i;

const unionOf = (boxes: readonly PixelBox[]): PixelBox => ({
  x0: Math.min(...boxes.map(({ x0 }) => x0)),
  y0: Math.min(...boxes.map(({ y0 }) => y0)),
  x1: Math.max(...boxes.map(({ x1 }) => x1)),
  y1: Math.max(...boxes.map(({ y1 }) => y1)),
});

const lineOf = (words: RecognisedWord[], height: number): RecognisedLine => ({
  words,
  height,
  box: unionOf(words.map(({ box }) => box)),
  confidence: words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length,
});

/** What Tesseract takes for one line may be the cells of a row. */
const splitLine = (line: tesseract.Line): RecognisedLine[] => {
  const height = line.rowAttributes.rowHeight;
  const parts: RecognisedWord[][] = [];
  for (const { text, bbox: box, confidence } of line.words) {
    if (text.trim() === '') continue;
    const word = { text, box, confidence: confidence / 100 };
    const open = parts.at(-1);
    const last = open?.at(-1);
    const widest = open?.length === 1 && MARK.test(last?.text ?? '') ? GAP_AFTER_MARK : WIDE_GAP;
    if (last && box.x0 - last.box.x1 < widest * height) open?.push(word);
    else parts.push([word]);
  }
  return parts.map((words) => lineOf(words, height));
};

/** Lines that stand side by side are paragraphs of their own; what is below them goes on with the paragraph above it. */
const splitParagraph = (paragraph: tesseract.Paragraph): RecognisedLine[][] => {
  const open: RecognisedLine[][] = [];
  for (const line of paragraph.lines)
    for (const part of splitLine(line)) {
      const above = open.findLast((lines) => {
        const last = lines.at(-1);
        return last && last.box.y1 <= part.box.y0 + 2 && last.box.x0 < part.box.x1 && last.box.x1 > part.box.x0;
      });
      if (above) above.push(part);
      else open.push([part]);
    }
  return open;
};

const toBlock = (block: tesseract.Block): RecognisedBlock => ({
  isTable: Number(block.blocktype) === TABLE_BLOCK,
  paragraphs: block.paragraphs.flatMap(splitParagraph),
});

/** The page's size is told only in Tesseract's hOCR. */
const sizeOf = (hocr: string | null): { width: number; height: number } => {
  const [, width = '0', height = '0'] = /class=['"]ocr_page['"][^>]*bbox 0 0 (\d+) (\d+)/.exec(hocr ?? '') ?? [];
  return { width: Number(width), height: Number(height) };
};

/** `dpi`: resolution assumed where an image does not say. The worker starts with the first image. */
export const createRecogniser = (dpi: number): Recogniser => {
  let starting: Promise<tesseract.Worker> | undefined;
  const start = (): Promise<tesseract.Worker> =>
    new Promise((resolve, reject) => {
      tesseract
        .createWorker('eng', LSTM_ONLY, {
          langPath: join(dirname(require.resolve('@tesseract.js-data/eng/package.json')), '4.0.0_best_int'),
          gzip: true,
          cacheMethod: 'none',
          // A start that fails is told only here; later this is called beside the rejected promise, and has no effect.
          errorHandler: (error) => reject(new Error('Tesseract does not start', { cause: error })),
        })
        .then(async (worker) => {
          await worker.setParameters({
            user_defined_dpi: String(dpi),
            tessedit_pageseg_mode: AUTOMATIC_LAYOUT as tesseract.PSM,
          });
          resolve(worker);
        })
        .catch(reject);
    });
  return {
    async recognise(image, pageNumber) {
      starting ??= start();
      const worker = await starting;
      const { data } = await worker
        .recognize(Buffer.from(image), {}, { blocks: true, hocr: true, text: false })
        .catch(() => {
          throw invalidArgument('The image is damaged or not of its mime type.');
        });
      const blocks = (data.blocks ?? []).map(toBlock).map((block) => ({
        ...block,
        paragraphs: block.paragraphs.filter((lines) => lines.length > 0),
      }));
      return { pageNumber, ...sizeOf(data.hocr), blocks: blocks.filter(({ paragraphs }) => paragraphs.length > 0) };
    },
    async close() {
      const worker = await starting?.catch(() => undefined);
      starting = undefined;
      await worker?.terminate();
    },
  };
};
