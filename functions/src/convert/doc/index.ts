/** Word documents of the binary format (.doc, Word 97 and later) to a tree. */
import type { RootContent } from 'mdast';
import { AppError } from '../../errors.ts';
import { formatNumber } from '../list-numbers.ts';
import { ByteView } from '../ole2/byte-view.ts';
import type { Ole2Entry } from '../ole2/read-ole2.ts';
import { readOle2, streamBytes } from '../ole2/read-ole2.ts';
import { readSummary } from '../ole2/summary-information.ts';
import type { ConvertInput, SourceTree } from '../source-tree.ts';
import { emptyTree } from '../source-tree-parts.ts';
import { changeMessages, commentMessage, legacySafety } from '../word-text/report.ts';
import { runningLines } from '../word-text/running-lines.ts';
import type { FileInformation } from './fib.ts';
import { readFileInformation, TABLES } from './fib.ts';
import { readPropertyRuns } from './formatted-pages.ts';
import { readLists } from './lists.ts';
import { readPieces } from './pieces.ts';
import { readStory } from './read-story.ts';
import { DocReading } from './reading.ts';
import { readStyles } from './styles.ts';

/**
 * The text as Word shows it with all tracked changes accepted, by [MS-DOC]: automatic numbers are counted out, notes and then text
 * boxes stand at the end. No pages are claimed. Throws FILE_DAMAGED, FILE_ENCRYPTED, and FORMAT_UNSUPPORTED for what is older.
 */
export const fromDoc = ({ bytes, fileName }: ConvertInput): SourceTree => {
  const { root } = readOle2(bytes, fileName);
  const document = streamOf(root, 'WordDocument', fileName);
  const file = readFileInformation(document, fileName);
  const tables = streamOf(root, file.tableStream, fileName);
  const table = (index: number): ByteView => {
    const { at, length } = file.table(index);
    return tables.slice(at, length);
  };
  const listsAt = file.table(TABLES.lists);
  const places = placesOf(file);
  const footnotes = readNotes(table(TABLES.footnoteReferences), table(TABLES.footnoteTexts), 2, 'decimal');
  const endnotes = readNotes(table(TABLES.endnoteReferences), table(TABLES.endnoteTexts), 2, 'lowerRoman');
  const reading = new DocReading({
    ...readPieces(document, table(TABLES.pieces), fileName),
    characterRuns: readPropertyRuns(document, table(TABLES.characterPages), 'character'),
    paragraphRuns: readPropertyRuns(document, table(TABLES.paragraphPages), 'paragraph'),
    styleOf: readStyles(table(TABLES.styles)),
    numbers: readLists(tables.slice(listsAt.at, tables.length), listsAt.length, table(TABLES.listOverrides)),
    data: new ByteView(streamBytes(root, 'Data') ?? new Uint8Array(0)),
    noteLabels: new Map([...footnotes, ...endnotes].map(({ reference, label }) => [reference, label])),
  });
  const { lengths } = file;
  const body = readStory(reading, 0, lengths.main);
  const definition = (note: Note, from: number): RootContent => ({
    type: 'footnoteDefinition',
    identifier: note.label,
    label: note.label,
    children: readStory(reading, from + note.start, from + note.end) as [],
  });
  const notes = [
    ...footnotes.map((note) => definition(note, places.footnotes)),
    ...endnotes.map((note) => definition(note, places.endnotes)),
  ];
  const boxes = readBoxes(reading, table(TABLES.boxTexts), places.boxes);
  const running = readHeaders(reading, table(TABLES.headers), places.headers);
  const metadata = readSummary(root);
  const comments = Math.floor(table(TABLES.commentReferences).length / COMMENT_BYTES);
  return {
    ...emptyTree([...body, ...notes, ...boxes]),
    runningLines: runningLines(running),
    messages: [...changeMessages(reading), ...commentMessage(comments)],
    safety: [...legacySafety(root, 'document'), ...reading.unseen.findings()],
    unreadableCharacters: reading.unreadable,
    metadata,
    ...(metadata.title ? { title: metadata.title } : {}),
  };
};

/** In the table of references: a place, and 30 bytes on the comment. */
const COMMENT_BYTES = 34;

const streamOf = (root: Ole2Entry, name: string, fileName: string): ByteView => {
  const bytes = streamBytes(root, name);
  if (!bytes) throw new AppError('FILE_DAMAGED', { fileName, problem: `its part ${name} is missing` });
  return new ByteView(bytes);
};

/** Where each part of the text begins. */
const placesOf = ({ lengths }: FileInformation) => {
  const footnotes = lengths.main;
  const headers = footnotes + lengths.footnotes;
  const endnotes = headers + lengths.headers + lengths.macros + lengths.comments;
  return { footnotes, headers, endnotes, boxes: endnotes + lengths.endnotes };
};

interface Note {
  /** Where in the text it is referred to. */
  reference: number;
  label: string;
  /** In the part of the text that holds the notes. */
  start: number;
  end: number;
}

const MAX_ENTRIES = 100_000;

/** Places at the start of a table, of which each entry has `bytes` more at the end of it. None is before the one before it: no text is read twice. */
const placesIn = (table: ByteView, bytes: number): number[] => {
  const count = Math.min(MAX_ENTRIES, Math.max(0, Math.floor((table.length - 4) / (4 + bytes))));
  let reached = 0;
  return Array.from({ length: table.length < 4 ? 0 : count + 1 }, (_, index) => {
    reached = Math.max(reached, table.u32(index * 4));
    return reached;
  });
};

const readNotes = (references: ByteView, texts: ByteView, bytes: number, style: 'decimal' | 'lowerRoman'): Note[] => {
  const borders = placesIn(texts, 0);
  return placesIn(references, bytes)
    .slice(0, -1)
    .map((reference, index) => ({
      reference,
      label: formatNumber(index + 1, style),
      start: borders[index] ?? 0,
      end: borders[index + 1] ?? borders[index] ?? 0,
    }));
};

/** The first six stories are separators of notes; then six for each section. */
const HEADER_STORIES = ['head', 'head', 'foot', 'foot', 'head', 'foot'] as const;

const readHeaders = (reading: DocReading, table: ByteView, from: number) =>
  placesIn(table, 0).flatMap((start, index, borders) => {
    const position = HEADER_STORIES[index % HEADER_STORIES.length] ?? 'head';
    const end = borders[index + 1] ?? start;
    return index < HEADER_STORIES.length || end <= start
      ? []
      : [{ blocks: readStory(reading, from + start, from + end), position }];
  });

const BOX_BYTES = 22;

const readBoxes = (reading: DocReading, table: ByteView, from: number): RootContent[] =>
  placesIn(table, BOX_BYTES).flatMap((start, index, borders) => {
    const end = borders[index + 1] ?? start;
    // The last one is no box, only the end of the text.
    return index >= borders.length - 2 || end <= start ? [] : readStory(reading, from + start, from + end);
  });
