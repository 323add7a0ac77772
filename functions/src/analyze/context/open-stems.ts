/** Lead-ins whose sentence goes on in the blocks below them. */
import type { OpenStem } from '../../contracts/analysis.ts';
import type { Block, Document } from '../../contracts/document.ts';
import { indexDocument } from '../document-index.ts';
import { numberingOf } from '../numbering.ts';
import { sectionStart } from './headings.ts';

const OPENS = /[:;–—]\s*$/;
const OPENS_WITHOUT_COLON =
  /\b(?:the following|as follows|following (?:\w+ ){0,4}(?:at a minimum|information|items|requirements|documents|tasks|services)|listed below|outlined below)\b[^.:]{0,60}[.]?\s*$/i;
const BULLET = /^[–—•▪●◦‣·❖➢o*-]\s/;
const FRAGMENT_END = /\b(?:shall|must|will|to|include|includes|including|provide|for|and|or|is|are|with|by)$/i;

/** Below a whole sentence that announces nothing, only what is no sentence itself can go on with it. */
const WHOLE_SENTENCE = /[.!?]["”’)]*\s*$/;

const opensList = (text: string): boolean =>
  OPENS.test(text) || OPENS_WITHOUT_COLON.test(text) || FRAGMENT_END.test(text);

/** Blocks in order without running lines, containers and tables: what a reader sees next. */
const readable = (document: Document): Block[] =>
  document.blocks.filter(({ kind }) => kind !== 'header_footer' && kind !== 'quote');

/** What is nested below a list item. */
const itemsBelow = (blocks: readonly Block[], at: number): string[] => {
  const depth = blocks[at]?.depth ?? 1;
  const items: string[] = [];
  for (let next = at + 1; next < blocks.length; next++) {
    const block = blocks[next];
    if (block === undefined) break;
    if (block.kind === 'list_item' && (block.depth ?? 1) > depth) items.push(block.blockId);
    else if (block.kind !== 'paragraph' || block.parentId === undefined) break;
  }
  return items;
};

/** The run of items after a paragraph. One plain paragraph may stand between two of them. */
const itemsAfter = (blocks: readonly Block[], at: number, document: Document): string[] => {
  const stem = blocks[at];
  const items: string[] = [];
  const stemForm = stem === undefined ? null : numberFormOf(stem);
  let itemForm: string | null = null;
  let wasGap = false;
  for (let next = at + 1; next < blocks.length; next++) {
    const block = blocks[next];
    if (block?.kind !== 'list_item' && block?.kind !== 'paragraph') break;
    const form = block.kind === 'paragraph' ? numberFormOf(block) : null;
    const isNumberedItem = form !== null && form !== stemForm && (itemForm === null || itemForm === form);
    if (block.kind === 'list_item' || isNumberedItem) {
      itemForm = form ?? itemForm;
      items.push(block.blockId);
      wasGap = false;
      continue;
    }
    if (form !== null || sectionStart(block, document) !== null) break;
    if (items.length === 0) return OPENS.test(block.text) ? [block.blockId] : [];
    if (opensList(block.text) || wasGap) break;
    wasGap = true;
  }
  return items;
};

/** The style of a paragraph's enumerator or bullet: "(a)" and "(b)" are alike, "(a)" and "(1)" are not. */
const numberFormOf = (block: Block): string | null => {
  if (BULLET.test(block.text)) return block.text[0] ?? null;
  const numbering = numberingOf(block);
  if (numbering === null || numbering.form !== 'enumerator') return null;
  return numbering.number
    .replace(/\d+/g, '1')
    .replace(/[ivx]{2,}/g, 'i')
    .replace(/[a-z]/g, 'a')
    .replace(/[A-Z]+/g, 'A');
};

export const openStemsOf = (document: Document): OpenStem[] => {
  const index = indexDocument(document);
  const blocks = readable(document);
  const stems: OpenStem[] = [];
  blocks.forEach((block, at) => {
    if (block.kind !== 'paragraph' && block.kind !== 'list_item' && block.kind !== 'heading') return;
    if (block.kind === 'heading' && !/[:]\s*$/.test(block.text)) return;
    const next = blocks[at + 1];
    if (next === undefined || next.kind === 'heading') return;
    const hasNested = block.kind === 'list_item' && next.kind === 'list_item' && (next.depth ?? 1) > (block.depth ?? 1);
    if (!hasNested && !opensList(block.text)) return;
    const found = block.kind === 'list_item' ? itemsBelow(blocks, at) : itemsAfter(blocks, at, document);
    const isWhole = WHOLE_SENTENCE.test(block.text) && !opensList(block.text);
    const itemBlockIds = isWhole
      ? found.filter((id) => !WHOLE_SENTENCE.test(index.blockById.get(id)?.text ?? ''))
      : found;
    const sentence = index.sentencesOf(block).at(-1);
    if (itemBlockIds.length === 0 || sentence === undefined) return;
    const { text, charStart, charEnd } = sentence;
    stems.push({ documentId: document.documentId, blockId: block.blockId, text, charStart, charEnd, itemBlockIds });
  });
  return stems;
};
