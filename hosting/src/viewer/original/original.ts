/** The file as it was uploaded, as far as it has pages that can be drawn. */
import type { PageText } from './quote-rectangles.ts';

export interface Drawing {
  /** Resolves when the page is drawn; rejects when it cannot be, or was cancelled. */
  done: Promise<void>;
  cancel(): void;
}

export interface Original {
  /** Draws the page `width` pixels wide; the canvas takes that size. */
  draw(pageNumber: number, canvas: HTMLCanvasElement, width: number): Drawing;
  /** Null for a picture. */
  readText(pageNumber: number): Promise<PageText | null>;
  /** Gives back its memory and its workers; nothing may be asked of it any more. */
  close(): void;
}

/** `tiff`: has pages that browsers cannot draw. `none`: has no pages. */
export type OriginalKind = 'pdf' | 'picture' | 'tiff' | 'none';

export const originalKindOf = (mediaType: string): OriginalKind => {
  if (mediaType === 'application/pdf') return 'pdf';
  if (mediaType === 'image/png' || mediaType === 'image/jpeg') return 'picture';
  return mediaType === 'image/tiff' ? 'tiff' : 'none';
};

/** A canvas with more is given up by some browsers, and blank. */
export const MOST_CANVAS_PIXELS = 16_000_000;

/** Of the wished width as much as the canvas may have. `ratio`: height / width. */
export const canvasWidth = (wished: number, ratio: number): number =>
  Math.max(1, Math.floor(Math.min(wished, Math.sqrt(MOST_CANVAS_PIXELS / ratio))));
