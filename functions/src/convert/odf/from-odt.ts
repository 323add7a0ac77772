/** OpenDocument texts (.odt, .ott) to a tree. */
import type { RootContent } from 'mdast';
import { elementsOf } from '../ooxml/xml.ts';
import type { ConvertInput, ConvertLimits, SourceTree } from '../source-tree.ts';
import { emptyTree } from '../source-tree-parts.ts';
import { readBlocks } from './blocks.ts';
import { readMetadata } from './metadata.ts';
import { openOdf } from './open-package.ts';
import type { NoteKind, OdfReading } from './reading.ts';
import { beginReading } from './reading.ts';
import { reportMessages, reportSafety } from './report.ts';
import { readRunningLines } from './running-lines.ts';

/**
 * The text with all tracked changes accepted: numbers of lists and headings are counted out, text boxes follow the paragraph they are
 * anchored in, notes stand at the end. There are no pages in the file, so none are claimed; page headers and footers are running lines
 * without one. Throws FILE_ENCRYPTED, ARCHIVE_TOO_LARGE and FILE_DAMAGED.
 */
export const fromOdt = (input: ConvertInput, limits: ConvertLimits): SourceTree => {
  const odf = openOdf(input, limits, 'office:text');
  const reading = beginReading(odf, readBlocks);
  const body = reading.readBlocks(elementsOf(odf.body));
  const blocks = [...body, ...readNotes(reading)];
  const runningLines = readRunningLines(reading, odf);
  return {
    ...emptyTree(blocks),
    runningLines,
    messages: reportMessages(reading, 'document'),
    safety: reportSafety(reading, 'document'),
    ...readMetadata(odf.office, reading.styles),
  };
};

/** Footnotes, then endnotes; a note may refer to further ones. */
const readNotes = (reading: OdfReading): RootContent[] => {
  const found: { kind: NoteKind; definition: RootContent }[] = [];
  for (let index = 0; index < reading.notes.length; index++) {
    const note = reading.notes[index];
    if (!note) continue;
    const children = reading.readBlocks(elementsOf(note.body)) as [];
    const definition: RootContent = { type: 'footnoteDefinition', identifier: note.label, label: note.label, children };
    found.push({ kind: note.kind, definition });
  }
  const ofKind = (kind: NoteKind) => found.filter((note) => note.kind === kind).map(({ definition }) => definition);
  return [...ofKind('footnote'), ...ofKind('endnote')];
};
