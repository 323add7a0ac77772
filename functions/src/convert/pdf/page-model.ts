/** What is read from a page, before anything is made of it. All lengths in points, origin top left, as the page is shown. */
import type { BoundingBox, UnseenReason } from '../../contracts/document.ts';
import type { NoteMark } from './note-marks.ts';
import type { Tag } from './tags/tag-model.ts';

export interface Box {
  x0: number;
  top: number;
  x1: number;
  bottom: number;
}

/** A piece of a line without a wide gap in it. */
export interface Segment extends Box {
  text: string;
  baseline: number;
  /** Font size as shown. */
  size: number;
  /** Most of its letters are. */
  bold: boolean;
  italic: boolean;
  /** All of its letters are of a monospaced font. */
  mono?: boolean;
  /** Most of its letters are in a colour, not in black or grey. */
  coloured?: boolean;
  /** A line is drawn under all of it. */
  underlined?: boolean;
  /** It begins in bold and goes on in regular: a term or a run-in title. */
  boldLead: boolean;
  /** Width of its first word: tells whether it would have fitted on the line above. */
  firstWordWidth: number;
  /** Runs up or down the page, or stands on its head. */
  rotated: boolean;
  /** Numbers in it that may refer to notes. */
  noteMarks?: NoteMark[];
  /** The value of a form field that the page itself does not show. */
  isFormValue?: boolean;
  /** The structure element that holds it, in a tagged PDF. */
  tag?: Tag | undefined;
}

/** A straight line drawn on the page: the edge of a table or an underline. */
export interface Rule {
  direction: 'horizontal' | 'vertical';
  /** y of a horizontal rule, x of a vertical one. */
  at: number;
  from: number;
  to: number;
}

/** A small shape on the page, with the letter that it looks like. */
export interface Dot extends Box {
  glyph: '•' | '◦' | '▪' | '☐' | '☒';
}

/** Letters that are in the file but shown to nobody. */
export interface UnseenText {
  reason: UnseenReason;
  characters: number;
  /** What they say, or its beginning. */
  excerpt: string;
}

/** How far the text layer of a page can be believed. */
export interface TextLayer {
  /** All characters but spaces. */
  characters: number;
  /** Those whose font does not say what they are. */
  unmapped: number;
  /** Those that are not shown, as they repeat what a picture shows. */
  onPicture: number;
}

export interface PageContent {
  pageNumber: number;
  width: number;
  height: number;
  segments: Segment[];
  rules: Rule[];
  hasImage: boolean;
  hasPath: boolean;
  /** Share of the page that pictures cover, from 0. */
  pictureShare?: number;
  /** Left out of the segments. */
  unseen?: UnseenText[];
  /** Of a page that was read from a file. */
  textLayer?: TextLayer;
  unreadableCharacters: number;
  /** Form fields with a value, all of which are among the segments. */
  formFields?: number;
  /** Comments beside the text, which are not. */
  comments?: number;
}

export const unionOf = (boxes: readonly Box[]): Box => {
  const union = {
    x0: Number.POSITIVE_INFINITY,
    top: Number.POSITIVE_INFINITY,
    x1: Number.NEGATIVE_INFINITY,
    bottom: Number.NEGATIVE_INFINITY,
  };
  for (const { x0, top, x1, bottom } of boxes) {
    union.x0 = Math.min(union.x0, x0);
    union.top = Math.min(union.top, top);
    union.x1 = Math.max(union.x1, x1);
    union.bottom = Math.max(union.bottom, bottom);
  }
  return union;
};

const round = (points: number): number => Math.round(points * 100) / 100;

export const toBoundingBox = ({ x0, top, x1, bottom }: Box): BoundingBox => ({
  x: round(x0),
  y: round(top),
  width: round(x1 - x0),
  height: round(bottom - top),
});

/** The middle one of the sorted values; 0 of none. */
export const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
