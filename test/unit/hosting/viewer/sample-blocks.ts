/** Blocks of a short Markdown, placed by looking for their text. */
import type { Block } from '../../../../functions/src/contracts/document.ts';

export const blockOf = (markdown: string, text: string, more: Partial<Block> = {}): Block => {
  const charStart = markdown.indexOf(text);
  if (charStart === -1) throw new Error(`The Markdown does not have "${text}".`);
  return { blockId: text, kind: 'paragraph', text, charStart, charEnd: charStart + text.length, ...more };
};
