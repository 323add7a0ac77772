/** Word documents (.docx and its kin) to a tree. */
import type { RootContent } from 'mdast';
import { readMetadata } from '../ooxml/metadata.ts';
import type { OfficePackage, Relationship } from '../ooxml/package.ts';
import { mainPart, openPackage, relatedPart } from '../ooxml/package.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, elementsOf, toggle } from '../ooxml/xml.ts';
import type { ConvertInput, ConvertLimits, SourceTree } from '../source-tree.ts';
import { emptyTree } from '../source-tree-parts.ts';
import { createUnseenLog } from '../unseen-characters.ts';
import { BlockBuilder } from './blocks.ts';
import { mayLieBehind } from './drawing.ts';
import { createNumberCounter } from './numbering.ts';
import type { DocxReading, NoteKind } from './reading.ts';
import { reportMessages, reportSafety } from './report.ts';
import { readRunningLines } from './running-lines.ts';
import { readStyles } from './styles.ts';
import { headUnmarked } from './unmarked-headings.ts';

/**
 * The text as Word shows it with all tracked changes accepted: automatic numbers are counted out, text boxes follow the paragraph they
 * are anchored in, notes stand at the end. There are no pages in the file, so none are claimed; page headers and footers are running
 * lines without one. Throws ARCHIVE_TOO_LARGE and FILE_DAMAGED.
 */
export const fromDocx = (input: ConvertInput, limits: ConvertLimits): SourceTree => {
  const office = openPackage(input.bytes, input.fileName, limits.unpackedBytes);
  const main = mainPart(office, 'word/document.xml', 'the ZIP archive has no Word document in it');
  const relationships = office.relationships(main);
  const part = (type: string) => relatedPart(relationships, type);
  const styles = readStyles(office.xml(part('styles') ?? 'word/styles.xml'));
  const reading: DocxReading = {
    readBlocks: (elements) => {
      const builder = new BlockBuilder(reading);
      for (const element of elements) builder.add(element);
      builder.end();
      return builder.blocks;
    },
    styles,
    numbers: createNumberCounter(office.xml(part('numbering') ?? 'word/numbering.xml')),
    relationships,
    fields: [],
    notes: new Map(),
    textBoxes: [],
    ruled: false,
    insertions: 0,
    deletions: 0,
    unseen: createUnseenLog(),
    ground: showsPageColour(office.xml(part('settings') ?? 'word/settings.xml')) ? undefined : PAPER,
    hasBackdrop: headersOf(office, relationships).some(mayLieBehind),
    paragraphLook: {},
    titleLooks: new Map(),
    drawingsLeftOut: 0,
    chunksLeftOut: 0,
  };
  const body = new BlockBuilder(reading);
  office.xml(main, { streamUnder: 'w:body', onElement: (element) => body.add(element) });
  body.end();
  const blocks = [
    ...headUnmarked(body.blocks, reading.titleLooks),
    ...readNotes(reading, office, part('footnotes'), 'footnote'),
    ...readNotes(reading, office, part('endnotes'), 'endnote'),
  ];
  const tree = emptyTree(blocks);
  tree.runningLines = readRunningLines(reading, office);
  tree.messages = reportMessages(reading, office);
  tree.safety = reportSafety(reading, office);
  tree.metadata = readMetadata(office);
  if (tree.metadata.title) tree.title = tree.metadata.title;
  const language = tree.metadata.language ?? styles.language;
  if (language) tree.language = language;
  return tree;
};

/** Pages with a picture behind them have it in their header. */
const headersOf = (office: OfficePackage, relationships: ReadonlyMap<string, Relationship>): XmlElement[] =>
  [...relationships.values()].flatMap(({ type, target, external }) =>
    type === 'header' && !external ? (office.xml(target) ?? []) : [],
  );

const PAPER = 'FFFFFF';

/** Pages have a colour only where the settings say so, whatever the document states. */
const showsPageColour = (settings: XmlElement | undefined): boolean =>
  toggle(settings, 'w:displayBackgroundShape') ?? false;

/** Notes that are referred to, in the order of their references; a note may refer to further ones. */
const readNotes = (
  reading: DocxReading,
  office: OfficePackage,
  partName: string | undefined,
  kind: NoteKind,
): RootContent[] => {
  const root = partName === undefined ? undefined : office.xml(partName);
  if (!root || partName === undefined) return [];
  const byId = new Map(elementsOf(root, `w:${kind}`).map((element) => [attribute(element, 'id') ?? '', element]));
  const outer = reading.relationships;
  reading.relationships = office.relationships(partName);
  const definitions = [...reading.notes.values()]
    .filter((note) => note.kind === kind)
    .map(({ id, label }): RootContent => {
      const children = reading.readBlocks(elementsOf(byId.get(id)));
      return { type: 'footnoteDefinition', identifier: label, label, children: children as [] };
    });
  reading.relationships = outer;
  return definitions;
};
