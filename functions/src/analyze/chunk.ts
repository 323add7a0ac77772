/** Chunks: runs of about `chunkCharacters` of a document's Markdown, cut on block borders. */
import type { Block, Document } from '../contracts/document.ts';
import { indexDocument } from './document-index.ts';
import { isLeaf } from './sentences.ts';

/** UTF-16 offsets into Document.markdown, half-open. The chunks of a document follow each other without a gap from 0 to its end. */
export interface Chunk {
  charStart: number;
  charEnd: number;
}

/** Offsets at which a chunk may begin: the start of each leaf, and inside a leaf longer than a chunk the start of each sentence. */
const cutPoints = (document: Document, chunkCharacters: number): number[] => {
  const index = indexDocument(document);
  const points: number[] = [];
  const add = (block: Block): void => {
    if (block.charStart === null || block.charEnd === null || !isLeaf(block)) return;
    points.push(block.charStart);
    if (block.charEnd - block.charStart <= chunkCharacters) return;
    for (const sentence of index.sentencesOf(block).slice(1)) points.push(sentence.charStart);
  };
  document.blocks.forEach(add);
  return points.sort((a, b) => a - b);
};

/** Empty for a document without text. A sentence longer than a chunk stays whole. */
export const chunkDocument = (document: Document, chunkCharacters: number): Chunk[] => {
  const points = cutPoints(document, chunkCharacters);
  const last = points.at(-1);
  if (last === undefined)
    return document.blocks.length === 0 ? [] : [{ charStart: 0, charEnd: document.markdown.length }];
  const starts = [0];
  let start = 0;
  points.forEach((point, position) => {
    const next = points[position + 1] ?? document.markdown.length;
    if (point > start && next - start > chunkCharacters) {
      starts.push(point);
      start = point;
    }
  });
  return starts.map((charStart, position) => ({
    charStart,
    charEnd: starts[position + 1] ?? document.markdown.length,
  }));
};
