/** The files of one converted document: its Markdown and, where that was asked for, its blocks as JSON. */
import { blockIndexOf, type Document } from '../../functions/src/contracts/document.ts';
import type { OutputFile } from './output-files.ts';

/** "rfp.md" → "rfp.blocks.json". */
export const blocksPathOf = (markdownPath: string): string => `${markdownPath.replace(/\.md$/i, '')}.blocks.json`;

/** "rfp.blocks.json" → "rfp.md": the result whose blocks would take that name. */
export const markdownNameOf = (name: string): string => name.replace(/\.blocks\.json$/i, '.md');

/** To be written together. `path`: of the Markdown. */
export const resultFiles = (path: string, document: Document, withBlocks: boolean): OutputFile[] => [
  { path, content: document.markdown },
  ...(withBlocks ? [{ path: blocksPathOf(path), content: JSON.stringify(blockIndexOf(document)) }] : []),
];
