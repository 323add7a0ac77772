/** Plain text to a tree. */
import type { PhrasingContent, RootContent } from 'mdast';
import { decodeText } from './decode-text.ts';
import { ListBuilder } from './list-builder.ts';
import type { ConvertInput, SourceTree } from './source-tree.ts';
import { countUnreadable, emptyTree } from './source-tree-parts.ts';
import { headingDepth, underlineDepth } from './text/headings.ts';
import { splitItems } from './text/items.ts';

/**
 * Paragraphs end at empty lines. A line that would have had room for the next line's first word was ended on purpose and stays a line,
 * unless the sentence plainly goes on; others were wrapped and are joined. Numbered and bulleted lines are lists; a short line alone is a heading only if it is clearly one.
 */
export const fromText = (input: ConvertInput): SourceTree => {
  const { text, messages } = decodeText(input.bytes, input.fileName);
  const paragraphs = splitParagraphs(text);
  const blocks: RootContent[] = [];
  const lists = new ListBuilder(blocks);
  const openStyles = new Set<string>();
  paragraphs.forEach((lines, index) => {
    const items = splitItems(lines, openStyles);
    const next = paragraphs[index + 1]?.[0] ?? '';
    const depth = headingDepth(lines, next, openStyles.size > 0) ?? underlineDepth(lines);
    if (depth !== undefined) {
      lists.end();
      openStyles.clear();
      blocks.push({ type: 'heading', depth, children: [{ type: 'text', value: lines[0] ?? '' }] });
      return;
    }
    for (const item of items) {
      const content: RootContent = { type: 'paragraph', children: toInline(item.lines) };
      const indent = indentOf(item.lines[0] ?? '');
      if (item.numbering === undefined) {
        const isContinuation = lists.isOpen && lists.addContinuation(content, indent);
        if (isContinuation) continue;
        lists.end();
        openStyles.clear();
        blocks.push(content);
        continue;
      }
      const { numbering, isBullet, style } = item;
      lists.add({
        numbering,
        isBullet,
        level: item.indent,
        listId: style,
        indentLeft: item.indent,
        textLeft: item.textIndent,
        content,
      });
      openStyles.add(style);
    }
  });
  return { ...emptyTree(blocks), messages, unreadableCharacters: countUnreadable(text) };
};

const splitParagraphs = (text: string): string[][] => {
  const paragraphs: string[][] = [];
  let lines: string[] = [];
  for (const line of text.split(/\r\n?|\n/)) {
    if (line.trim() !== '') lines.push(line);
    else if (lines.length > 0) {
      paragraphs.push(lines);
      lines = [];
    }
  }
  if (lines.length > 0) paragraphs.push(lines);
  return paragraphs;
};

const TAB_WIDTH = 8;
const indentOf = (line: string): number =>
  (/^\s*/.exec(line)?.[0] ?? '').replaceAll('\t', ' '.repeat(TAB_WIDTH)).length;

const USUAL_WIDTH = 60;

const toInline = (lines: readonly string[]): PhrasingContent[] => {
  const width = lines.reduce((widest, line) => Math.max(widest, line.trimEnd().length), USUAL_WIDTH);
  return lines.flatMap((line, index): PhrasingContent[] => {
    const text: PhrasingContent = { type: 'text', value: line };
    const next = lines[index + 1];
    if (next === undefined) return [text];
    const firstWord = /\S+/.exec(next)?.[0] ?? '';
    const wrapped = /^\p{Ll}/u.test(firstWord) || line.trimEnd().length + 1 + firstWord.length > width;
    return [text, wrapped ? { type: 'text', value: ' ' } : { type: 'break' }];
  });
};
