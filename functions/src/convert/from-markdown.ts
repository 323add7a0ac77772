/** Markdown to a tree whose nodes carry positions into it. The Markdown itself is kept to the letter. */
import { decodeText } from './decode-text.ts';
import { readFrontMatter } from './markdown/front-matter.ts';
import { markupFindings } from './markdown/html-text.ts';
import { parseMarkdown } from './markdown/parse-markdown.ts';
import type { ConvertInput, SourceTree } from './source-tree.ts';
import { countUnreadable, emptyTree } from './source-tree-parts.ts';

/** YAML front matter goes to `metadata`; it stays in the Markdown but is no text of the document, so no block covers it. */
export const fromMarkdown = (input: ConvertInput): SourceTree => {
  const { text, messages } = decodeText(input.bytes, input.fileName);
  const { metadata, length } = readFrontMatter(text);
  const blanked = text.slice(0, length).replace(/[^\r\n]/g, ' ') + text.slice(length);
  const root = parseMarkdown(blanked);
  const tree: SourceTree = {
    ...emptyTree(root.children),
    canonicalMarkdown: text,
    messages,
    metadata,
    safety: markupFindings(root, text),
    unreadableCharacters: countUnreadable(text),
  };
  if (metadata.title) tree.title = metadata.title;
  if (metadata.lang) tree.language = metadata.lang;
  return tree;
};
