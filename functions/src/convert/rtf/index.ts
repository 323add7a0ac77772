/** Rich Text Format documents to a tree. */
import type { SafetyFinding } from '../../contracts/document.ts';
import { count } from '../ooxml/package-safety.ts';
import type { ConvertInput, SourceTree } from '../source-tree.ts';
import { emptyTree } from '../source-tree-parts.ts';
import { changeMessages, commentMessage, embeddedFinding } from '../word-text/report.ts';
import { runningLines } from '../word-text/running-lines.ts';
import { endOutput } from './end-paragraph.ts';
import { readRtf } from './read-rtf.ts';

/**
 * The text as Word shows it with all tracked changes accepted, by the RTF specification 1.9.1: numbers and bullets are those that the
 * file itself shows, text boxes follow the paragraph they are anchored in, notes stand at the end. No pages are claimed. Throws FILE_DAMAGED.
 */
export const fromRtf = (input: ConvertInput): SourceTree => {
  const reading = readRtf(input.bytes, input.fileName);
  const blocks = [...endOutput(reading), ...reading.footnoteBlocks, ...reading.endnoteBlocks];
  return {
    ...emptyTree(blocks),
    runningLines: runningLines(reading.running),
    messages: [...changeMessages(reading), ...commentMessage(reading.comments)],
    safety: [
      ...embeddedFinding(reading.embeddedFiles),
      ...externalFinding(reading.externalResources),
      ...reading.unseen.findings(),
    ],
    metadata: reading.metadata,
    unreadableCharacters: reading.unreadable,
    ...(reading.metadata.title ? { title: reading.metadata.title } : {}),
  };
};

const externalFinding = (resources: number): SafetyFinding[] => {
  if (resources === 0) return [];
  return [{ code: 'EXTERNAL_RESOURCE', text: `${count(resources, 'external resource')} not loaded.` }];
};
