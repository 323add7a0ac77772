/** Word paragraphs to blocks, by their style, outline level and number. */
import type { Blockquote, Paragraph, PhrasingContent, RootContent } from 'mdast';
import type { ListNumber } from '../docx/numbering.ts';
import { ListBuilder } from '../list-builder.ts';
import { readTypedLabel } from './typed-labels.ts';

export interface WordParagraph {
  children: PhrasingContent[];
  /** Lower case, as Word names its own in English: "heading 1". */
  styleName: string;
  /** 0–8; from the style, or set on the paragraph itself. */
  outlineLevel?: number;
  outlineFromStyle?: boolean;
  number?: ListNumber;
  /** Twips. */
  indentLeft?: number;
  /** Twips; negative where the first line hangs out to the left. */
  firstLine?: number;
  /** Goes on in the list item at this level. */
  belowLevel?: number;
}

const CODE_STYLE = /^(?:source code|html preformatted|preformatted text|plain text code|code(?: block)?)$/;
const QUOTE_STYLE = /^(?:quote|intense quote|block text|quotations|block quotation)$/;
const CAPTION_STYLE = /^(?:caption|image caption|table caption|captioned figure|illustration|figure)$/;
const TOC_STYLE = /^(?:toc|contents) ([1-9])$/;
const HEADING_STYLE = /^heading ([1-9])$/;
/** A paragraph that only has an outline level set on itself is a heading if it is short enough to be one. */
const LONGEST_OUTLINED = 250;
/** "3.2", "C.3.1.2": names a clause, which the items "(a)", "(b)" below it belong to. It is no item of a list. */
const CLAUSE_NUMBER = /^(?:\p{Lu}\.\d+|\d+\.\d+)(?:\.\d+)*\.?$/u;

/** Collects the blocks of a body, a cell or a note. */
export class BlockWriter {
  readonly blocks: RootContent[] = [];
  readonly #lists = new ListBuilder(this.blocks);

  push(blocks: readonly RootContent[]): void {
    if (blocks.length === 0) return;
    this.#lists.end();
    for (const block of blocks) this.blocks.push(block);
  }

  /** An empty paragraph is only space on the page. */
  add(paragraph: WordParagraph): void {
    const { children, styleName, number } = paragraph;
    if (!children.some(isVisible)) return;
    const depth = headingDepth(paragraph);
    const indentLeft = paragraph.indentLeft ?? number?.indentLeft;
    const tocLevel = TOC_STYLE.exec(styleName)?.[1];
    const content: RootContent = { type: 'paragraph', children };
    if (depth !== undefined) this.push([heading(depth, number, children)]);
    else if (tocLevel !== undefined) {
      const level = Number(tocLevel);
      this.#lists.add({ numbering: '', isBullet: true, level, listId: 'toc', indentLeft: undefined, content });
    } else if (number && !number.isBullet && CLAUSE_NUMBER.test(number.text)) {
      this.push([numbered(number.text, children)]);
    } else if (number && number.text !== '') {
      const { text: numbering, isBullet, level, listId } = number;
      this.#lists.add({ numbering, isBullet, level, listId, indentLeft, content });
    } else if (CODE_STYLE.test(styleName)) this.#code(children);
    else this.#plain(paragraph, indentLeft ?? 0);
  }

  #plain({ children, styleName, belowLevel, firstLine }: WordParagraph, indentLeft: number): void {
    const isSetApart = CAPTION_STYLE.test(styleName) || QUOTE_STYLE.test(styleName) || belowLevel !== undefined;
    const item = isSetApart ? undefined : readTypedLabel(children, { indentLeft, firstLine });
    if (item) {
      const { text: numbering, ...number } = item.number;
      this.#lists.add({ numbering, ...number, indentLeft, content: { type: 'paragraph', children: item.children } });
      return;
    }
    const isFigure = children.every((node) => node.type === 'image' || !isVisible(node));
    const blockKind = CAPTION_STYLE.test(styleName) ? 'caption' : isFigure ? 'figure' : undefined;
    const paragraph: Paragraph = { type: 'paragraph', children };
    if (blockKind) paragraph.data = { provenance: { blockKind } };
    if (belowLevel !== undefined && this.#lists.addBelow(paragraph, belowLevel)) return;
    if (QUOTE_STYLE.test(styleName)) this.#quote(paragraph);
    else if (!this.#lists.addContinuation(paragraph, indentLeft)) this.push([paragraph]);
  }

  /** Paragraphs in a quotation style that follow one another are one quotation. */
  #quote(paragraph: Blockquote['children'][number]): void {
    const last = this.blocks.at(-1);
    if (last?.type === 'blockquote' && !this.#lists.isOpen) last.children.push(paragraph);
    else this.push([{ type: 'blockquote', children: [paragraph] }]);
  }

  /** The same for lines of code. */
  #code(children: readonly PhrasingContent[]): void {
    const value = plainText(children);
    const last = this.blocks.at(-1);
    if (last?.type === 'code' && !this.#lists.isOpen) last.value += `\n${value}`;
    else this.push([{ type: 'code', value }]);
  }
}

const isVisible = (node: PhrasingContent): boolean => {
  if ('children' in node) return node.children.some(isVisible);
  return 'value' in node ? node.value.trim() !== '' : node.type !== 'break';
};

type HeadingDepth = 1 | 2 | 3 | 4 | 5 | 6;

/** A title counts as level 1; levels below 6 have no heading in Markdown and become 6. */
const headingDepth = (paragraph: WordParagraph): HeadingDepth | undefined => {
  const { outlineLevel, outlineFromStyle, styleName, children } = paragraph;
  const named = HEADING_STYLE.exec(styleName)?.[1];
  const level = outlineLevel ?? (named === undefined ? undefined : Number(named) - 1);
  const fromStyle = outlineLevel === undefined || outlineFromStyle || named !== undefined;
  if (level !== undefined && level >= 0 && level < 9) {
    if (fromStyle || plainText(children).length <= LONGEST_OUTLINED) return Math.min(6, level + 1) as HeadingDepth;
  }
  return styleName === 'title' ? 1 : undefined;
};

/** Headings are set off already: bold and italic say nothing in them. The printed number is part of the text. */
const heading = (depth: HeadingDepth, number: ListNumber | undefined, children: PhrasingContent[]): RootContent => {
  const plain = withoutMarks(children);
  if (!number || number.isBullet || number.text === '') return { type: 'heading', depth, children: plain };
  return { ...numbered(number.text, plain), type: 'heading', depth };
};

/** The printed number is part of the text, as a page shows it. */
const numbered = (numbering: string, children: PhrasingContent[]) => ({
  type: 'paragraph' as const,
  children: [{ type: 'text' as const, value: `${numbering} ` }, ...children],
  data: { provenance: { numbering } },
});

const withoutMarks = (children: readonly PhrasingContent[]): PhrasingContent[] =>
  children.flatMap((node): PhrasingContent[] => {
    if (node.type === 'strong' || node.type === 'emphasis') return withoutMarks(node.children);
    return node.type === 'link' ? [{ ...node, children: withoutMarks(node.children) }] : [node];
  });

const plainText = (children: readonly PhrasingContent[]): string =>
  children
    .map((node): string => {
      if ('children' in node) return plainText(node.children);
      if (node.type === 'break') return '\n';
      return 'value' in node ? node.value : '';
    })
    .join('');
