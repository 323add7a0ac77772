/** EPUB books to a tree. */
import type { RootContent } from 'mdast';
import type { ConversionMessage, SafetyFinding } from '../../contracts/document.ts';
import { fromHtml } from '../from-html.ts';
import { count } from '../ooxml/package-safety.ts';
import type { ConvertInput, ConvertLimits, SourceTree } from '../source-tree.ts';
import { emptyTree } from '../source-tree-parts.ts';
import { createUnseenLog } from '../unseen-characters.ts';
import { openBook } from './book.ts';
import { joinChapter } from './join-chapter.ts';
import { readTitlePage } from './title-page.ts';
import { closeElements } from './xhtml.ts';

/**
 * The documents of the book in reading order, each read as a page of HTML. The table of contents for navigation is left out, and so is
 * a title page before a text that has a title of its own. Throws
 * ARCHIVE_TOO_LARGE, FILE_DAMAGED, and FILE_ENCRYPTED if any of the text is.
 */
export const fromEpub = ({ bytes, fileName }: ConvertInput, limits: ConvertLimits): SourceTree => {
  const book = openBook(bytes, fileName, limits.unpackedBytes);
  const blocks: RootContent[] = [];
  const messages = new Map<string, ConversionMessage>();
  const places = new Map<SafetyFinding['code'], number>();
  const unseen = createUnseenLog();
  let unreadable = 0;
  const chapters: RootContent[][] = [];
  for (const content of book.chapters) {
    const chapter = fromHtml({ bytes: closeElements(content, fileName), fileName }, 'part');
    chapters.push(chapter.root.children);
    for (const message of chapter.messages) messages.set(message.code, message);
    for (const finding of chapter.safety) {
      const { code, reason, characters = 0, excerpt = '' } = finding;
      if (reason === undefined) places.set(code, (places.get(code) ?? 0) + 1);
      else unseen.add(reason, undefined, characters, `${excerpt} `);
    }
    unreadable += chapter.unreadableCharacters;
  }
  const { metadata, language, missing } = book;
  const titleLines = readTitlePage(chapters, metadata);
  chapters.slice(titleLines ? 1 : 0).forEach((chapter, index) => {
    for (const block of joinChapter(chapter, index)) blocks.push(block);
  });
  return {
    ...emptyTree(blocks),
    runningLines: titleLines ?? [],
    messages: [...messages.values(), ...missingMessage(missing)],
    safety: [
      ...[...places].map(([code, number]) => ({ code, text: `${FINDINGS[code]} (${count(number, 'chapter')})` })),
      ...unseen.findings(),
    ],
    unreadableCharacters: unreadable,
    metadata,
    ...(metadata.title ? { title: metadata.title } : {}),
    ...(language ? { language } : {}),
  };
};

const FINDINGS: Readonly<Record<SafetyFinding['code'], string>> = {
  HIDDEN_TEXT: 'Hidden text was left out; readers do not see it.',
  SCRIPT: 'Scripts; none was run.',
  EXTERNAL_RESOURCE: 'Embedded pages or objects; none was loaded.',
  EMBEDDED_FILE: 'Embedded files; none was read.',
  MACROS: 'Macros; none was run.',
};

const missingMessage = (missing: number): ConversionMessage[] => {
  if (missing === 0) return [];
  const text = `${count(missing, 'part')} of the book could not be found in the file.`;
  return [{ level: 'warning', code: 'PARTS_MISSING', text }];
};
