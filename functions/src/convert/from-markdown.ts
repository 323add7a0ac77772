/** Markdown to blocks with places in it. The Markdown itself is kept to the letter, but for characters that nobody sees. */
import type { ConversionMessage } from '../contracts/document.ts';
import { decodeText } from './decode-text.ts';
import { readMarkdownBlocks } from './markdown/blocks-of-markdown.ts';
import { readFrontMatter } from './markdown/front-matter.ts';
import { MarkupSurvey } from './markdown/html-text.ts';
import { type MarkdownNode, parseMarkdown } from './markdown/parse-markdown.ts';
import type { ConvertInput, SourceTree } from './source-tree.ts';
import { countUnreadable, emptyTree } from './source-tree-parts.ts';
import { createUnseenLog, withoutUnseen } from './unseen-characters.ts';

const FLATTENED: ConversionMessage = {
  level: 'warning',
  code: 'NESTING_FLATTENED',
  text: 'Lines nested more than 32 levels deep were kept as plain text.',
};

const LONG_AS_PLAIN: ConversionMessage = {
  level: 'warning',
  code: 'PARAGRAPH_AS_PLAIN_TEXT',
  text: 'A paragraph of more than 64,000 characters was kept as plain text: links, emphasis and other marks in it stay as written.',
};

/** YAML front matter goes to `metadata`; it stays in the Markdown but is no text of the document, so no block covers it. */
export const fromMarkdown = (input: ConvertInput): SourceTree => {
  const { text: decoded, messages } = decodeText(input.bytes, input.fileName);
  const unseen = createUnseenLog();
  const text = withoutUnseen(decoded, unseen);
  const { metadata, length } = readFrontMatter(text);
  const blanked = text.slice(0, length).replace(/[^\r\n]/g, ' ') + text.slice(length);
  const { nodes, hasNested, hasLong } = parseMarkdown(blanked);
  const survey = new MarkupSurvey(text);
  const canonicalBlocks = readMarkdownBlocks(surveyed(nodes, survey), text);
  const tree: SourceTree = {
    ...emptyTree([]),
    canonical: { markdown: text, blocks: canonicalBlocks },
    messages: [...messages, ...(hasNested ? [FLATTENED] : []), ...(hasLong ? [LONG_AS_PLAIN] : [])],
    metadata,
    safety: [...survey.findings(), ...unseen.findings()],
    unreadableCharacters: countUnreadable(text),
  };
  if (metadata.title) tree.title = metadata.title;
  if (metadata.lang) tree.language = metadata.lang;
  return tree;
};

function* surveyed(nodes: Iterable<MarkdownNode>, survey: MarkupSurvey): Generator<MarkdownNode> {
  for (const each of nodes) {
    survey.add(each.node);
    yield each;
  }
}
