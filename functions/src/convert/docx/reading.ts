/** What is carried along while a Word document is read. */
import type { RootContent } from 'mdast';
import type { Relationship } from '../ooxml/package.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import type { UnseenLog } from '../unseen-characters.ts';
import type { NumberCounter } from './numbering.ts';
import type { RunLook } from './run-look.ts';
import type { Styles } from './styles.ts';

/** Of a short line that is bold or underlined from end to end. */
export interface TitleLook {
  halfPoints: number;
}

/** A complex field that is open: its code comes first, then what it shows. */
export interface Field {
  code: string;
  inResult: boolean;
}

export type NoteKind = 'footnote' | 'endnote';

export interface DocxReading {
  /** Blocks of a cell, a note or a text box; here so that what is inside blocks can be read by what is read inside them. */
  readBlocks(elements: readonly XmlElement[]): RootContent[];
  styles: Styles;
  numbers: NumberCounter;
  /** Of the part that is being read. */
  relationships: ReadonlyMap<string, Relationship>;
  fields: Field[];
  /** Notes in the order of their first reference: label by kind and id. */
  notes: Map<string, { kind: NoteKind; id: string; label: string }>;
  /** Content of text boxes met in the current paragraph; it follows that paragraph. */
  textBoxes: RootContent[][];
  /** A drawn horizontal line was met in the current paragraph. */
  ruled: boolean;
  insertions: number;
  deletions: number;
  unseen: UnseenLog;
  /** What lies behind the paragraphs being read, as six hexadecimal digits; undefined if that is not known. */
  ground: string | undefined;
  /** A picture or shape that may lie behind text was met: white text may stand on it. */
  hasBackdrop: boolean;
  /** Paragraphs, alone or as the only item of a list, that look like a heading. */
  titleLooks: Map<RootContent, TitleLook>;
  /** What the style of the paragraph being read says of its runs. */
  paragraphLook: RunLook;
  /** Charts and diagrams, whose text is in parts that are not read. */
  drawingsLeftOut: number;
  /** Other documents to be merged in when Word opens the file. */
  chunksLeftOut: number;
}

/** The url that the innermost open HYPERLINK field gives; undefined without one. */
export const fieldUrl = (fields: readonly Field[]): string | undefined => {
  for (let i = fields.length - 1; i >= 0; i--) {
    const url = hyperlinkTarget(fields[i]?.code ?? '');
    if (url !== undefined) return url;
  }
  return undefined;
};

/** The address in a HYPERLINK code, with the place in what it leads to. A place inside the document (`\l` alone) is none. */
export const hyperlinkTarget = (code: string): string | undefined => {
  const [, url, place] = /^\s*HYPERLINK\s+"([^"]+)"(?:\s*\\l\s+"([^"]*)")?/i.exec(code) ?? [];
  return url === undefined || !place || url.includes('#') ? url : `${url}#${place}`;
};
