/** What is carried along while an OpenDocument file is read. */
import type { RootContent } from 'mdast';
import type { UnseenReason } from '../../contracts/document.ts';
import type { OfficePackage } from '../ooxml/package.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import type { UnseenLog } from '../unseen-characters.ts';
import { createUnseenLog } from '../unseen-characters.ts';
import { ListCounter } from './list-counter.ts';
import type { OdfPackage } from './open-package.ts';
import type { Styles } from './styles.ts';
import { readStyles } from './styles.ts';

export type NoteKind = 'footnote' | 'endnote';

export interface OdfReading {
  office: OfficePackage;
  /** Blocks of a cell, a note or a text box; here so that what is inside blocks can be read by what is read inside them. */
  readBlocks(elements: readonly XmlElement[]): RootContent[];
  styles: Styles;
  lists: ListCounter;
  /** In the order of their references. */
  notes: { kind: NoteKind; label: string; body: XmlElement | undefined }[];
  noteCounts: Record<NoteKind, number>;
  /** Content of text boxes met in the current paragraph; it follows that paragraph. */
  textBoxes: RootContent[][];
  /** Cells that may still be made by repeating one; a file of a few bytes must not make millions. */
  cellsToRepeat: number;
  repetitionsCut: boolean;
  insertions: number;
  deletions: number;
  comments: number;
  unseen: UnseenLog;
  /** Charts, formulas and objects without text to read. */
  drawingsLeftOut: number;
  externalResources: number;
}

const CELLS_TO_REPEAT = 100_000;

export const beginReading = (
  { office, content, styles }: OdfPackage,
  readBlocks: (reading: OdfReading, elements: readonly XmlElement[]) => RootContent[],
): OdfReading => {
  const reading: OdfReading = {
    office,
    readBlocks: (elements) => readBlocks(reading, elements),
    styles: readStyles(content, styles),
    lists: new ListCounter(content, styles),
    notes: [],
    noteCounts: { footnote: 0, endnote: 0 },
    textBoxes: [],
    cellsToRepeat: CELLS_TO_REPEAT,
    repetitionsCut: false,
    insertions: 0,
    deletions: 0,
    comments: 0,
    unseen: createUnseenLog(),
    drawingsLeftOut: 0,
    externalResources: 0,
  };
  return reading;
};

/** How often something of a number of cells may stand there in all, if it says `times`. */
export const allowedTimes = (reading: OdfReading, times: number, cells: number): number => {
  const more = Math.min(times - 1, Math.floor(reading.cellsToRepeat / Math.max(1, cells)));
  reading.cellsToRepeat -= more * cells;
  if (more < times - 1) reading.repetitionsCut = true;
  return more + 1;
};

/** Text that readers do not see. */
export const noteUnseen = ({ unseen }: OdfReading, reason: UnseenReason, text: string): void => {
  const words = text.replace(/\s+/g, ' ').trim();
  if (words !== '') unseen.add(reason, undefined, [...words].length, `${words} `);
};
