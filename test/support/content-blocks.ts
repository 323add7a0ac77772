/** Document content as data: written once, printed as PDF, DOCX and Markdown, and counted. */

export type BindingActor = 'offeror' | 'contractor';
export type BindingObligation = 'mandatory' | 'prohibited' | 'desired';

/** One sentence. `binds` marks what a compliance matrix has to show. */
export interface Sentence {
  text: string;
  binds?: { actor: BindingActor; obligation: BindingObligation };
}

export interface ListItem {
  /** As printed: "(a)", "1." or "•". */
  marker: string;
  sentences: Sentence[];
  children: ListItem[];
}

export interface HeadingBlock {
  kind: 'heading';
  level: 1 | 2 | 3;
  /** As printed, before the text: "C.3.2", "SECTION C –". Empty for none. */
  number: string;
  text: string;
}

export interface ParagraphBlock {
  kind: 'paragraph';
  /** As printed, before the text: "C.3.2.1". */
  number?: string;
  sentences: Sentence[];
}

export interface ListBlock {
  kind: 'list';
  /** The lead-in, which stands in the paragraph before. */
  stem?: string;
  items: ListItem[];
}

export interface TableBlock {
  kind: 'table';
  /** Shares of the text width; they need not add up to 1. */
  columnShares: number[];
  header: Sentence[];
  rows: Sentence[][];
}

export type ContentBlock = HeadingBlock | ParagraphBlock | ListBlock | TableBlock;

export const joinSentences = (sentences: readonly Sentence[]): string => sentences.map(({ text }) => text).join(' ');

export const numbered = (number: string | undefined, text: string): string => (number ? `${number} ${text}` : text);

/** Every item with its depth from 1, in reading order. */
export const flattenItems = (items: readonly ListItem[], depth = 1): { item: ListItem; depth: number }[] =>
  items.flatMap((item) => [{ item, depth }, ...flattenItems(item.children, depth + 1)]);

const sentencesOf = (block: ContentBlock): readonly Sentence[] => {
  switch (block.kind) {
    case 'heading':
      return [{ text: block.text }];
    case 'paragraph':
      return block.sentences;
    case 'list':
      return flattenItems(block.items).flatMap(({ item }) => item.sentences);
    case 'table':
      return [block.header, ...block.rows].flat();
  }
};

/** What the coverage ledger counts (see CoverageSchema): sentences of running text, whole headings, whole table cells. */
export const countSentences = (blocks: readonly ContentBlock[]): { sentences: number; bindingSentences: number } => {
  const all = blocks.flatMap(sentencesOf);
  return { sentences: all.length, bindingSentences: all.filter(({ binds }) => binds).length };
};

const tableRow = (cells: readonly Sentence[]): string => `| ${cells.map(({ text }) => text).join(' | ')} |`;

/** A bullet and a plain "1." are Markdown's own markers; any other marker is kept as text behind a bullet. */
const itemLines = (items: readonly ListItem[], indent = ''): string[] =>
  items.flatMap(({ marker, sentences, children }) => {
    const own = /^\d+\.$/.test(marker) ? marker : '-';
    const text = numbered(own === '-' && marker !== '•' ? marker : undefined, joinSentences(sentences));
    return [`${indent}${own} ${text}`, ...itemLines(children, indent + ' '.repeat(own.length + 1))];
  });

const blockMarkdown = (block: ContentBlock): string => {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${numbered(block.number, block.text)}`;
    case 'paragraph':
      return numbered(block.number, joinSentences(block.sentences));
    case 'list':
      return itemLines(block.items).join('\n');
    case 'table':
      return [tableRow(block.header), `|${' --- |'.repeat(block.header.length)}`, ...block.rows.map(tableRow)].join(
        '\n',
      );
  }
};

export const toMarkdown = (blocks: readonly ContentBlock[]): string => `${blocks.map(blockMarkdown).join('\n\n')}\n`;
