/** What every from-<format> hands on: an mdast tree whose nodes know where they came from, and all that is not in the tree. */
import type { Root } from 'mdast';
import type { Block, BoundingBox, ConversionMessage, Page, SafetyFinding } from '../contracts/document.ts';
import type { OcrPage } from '../contracts/ocr.ts';

/**
 * Where a node came from and how it was shown. On a table cell also its spans; mdast has no field for them. On a text node only `pageNumber`, and only where
 * a paragraph, item or cell goes on over the end of a page: from this node on it stands on that page.
 */
export interface Provenance {
  pageNumber?: number;
  bbox?: BoundingBox;
  /** As shown: "C.3.2(a)", "1.", "•". It stays in the text too where the page shows it as text. */
  numbering?: string;
  rowSpan?: number;
  columnSpan?: number;
  /** For a paragraph that is more than one. */
  blockKind?: 'caption' | 'footnote' | 'figure' | 'form_field';
}

declare module 'mdast' {
  interface Data {
    provenance?: Provenance;
  }
}

/** A running head or foot: it is taken out of the text, never out of the ledger. */
export interface RunningText {
  text: string;
  /** Unset in formats without pages: the line then stands once, for all the pages that show it. */
  pageNumber?: number;
  position: 'head' | 'foot';
  bbox?: BoundingBox;
}

/** One that is known to stand on a page. */
export interface RunningLine extends RunningText {
  pageNumber: number;
}

export interface SourceTree {
  root: Root;
  /** Set only by Markdown input: it is kept to the letter, its blocks are read already, and `root` is empty. */
  canonical?: { markdown: string; blocks: (documentId: string) => Block[] };
  pageBasis: 'pdf' | 'none';
  pages: Page[];
  runningLines: RunningText[];
  messages: ConversionMessage[];
  safety: SafetyFinding[];
  pagesNeedingOcr: number[];
  unreadableCharacters: number;
  title?: string;
  language?: string;
  metadata: Record<string, string>;
}

/** What a converter is given: the whole file, its name for messages, and limits that apply while it is read. */
export interface ConvertInput {
  bytes: Uint8Array;
  /** Last part of the name only. */
  fileName: string;
  /** Pages that were recognised, each once: they take the place of those without text. */
  ocrPages?: readonly OcrPage[];
}

/** Some pages of a file, on their way to text recognition. */
export interface ExtractInput {
  bytes: Uint8Array;
  /** Last part of the name only. */
  fileName: string;
  /** Physical, 1-based, each once, in the order in which they are wanted. */
  pageNumbers: readonly number[];
}

export interface ExtractedPages {
  bytes: Uint8Array;
  mediaType: 'application/pdf' | 'image/png' | 'image/jpeg' | 'image/tiff';
  /** Of each page, in order, as it is shown; empty where the recogniser has to measure them. */
  pageSizes: { widthPt: number; heightPt: number }[];
}

/** A file that holds others. */
export type UnpackInput = Pick<ConvertInput, 'bytes' | 'fileName'>;

/** A file that was in another one. */
export interface UnpackedFile {
  /** Plain (contracts/file-name.ts), and different from those of all other files in the same container. */
  fileName: string;
  bytes: Uint8Array;
}

export interface ConvertLimits {
  /** Largest file per family, in bytes. */
  pdfBytes: number;
  officeBytes: number;
  textBytes: number;
  otherBytes: number;
  /** A ZIP-based file may unpack to this and no more. */
  unpackedBytes: number;
}

/** Called as pages (or other units of work) are done. */
export type OnProgress = (done: number, total: number) => void;
