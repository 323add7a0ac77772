/** Block content of Word documents. */
import type { Blockquote, PhrasingContent, RootContent } from 'mdast';
import { ListBuilder } from '../list-builder.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { child, childValue, descendants, elementsOf, toggle } from '../ooxml/xml.ts';
import { readTypedLabel } from '../word-text/typed-labels.ts';
import { formulaText } from './formula.ts';
import { heading } from './headings.ts';
import type { ListNumber } from './numbering.ts';
import type { DocxReading } from './reading.ts';
import { readGround } from './run-look.ts';
import { alternative, readInline } from './runs.ts';
import type { Style } from './styles.ts';
import { readFirstLine, readIndent, readNumberingReference } from './styles.ts';
import { readTable } from './table.ts';
import { titleLook } from './unmarked-headings.ts';

const CODE_STYLE = /^(?:source code|html preformatted|preformatted text|plain text code|code(?: block)?)$/;
const QUOTE_STYLE = /^(?:quote|intense quote|block text|quotations|block quotation)$/;
const CAPTION_STYLE = /^(?:caption|image caption|table caption|captioned figure|illustration|figure)$/;
const TOC_STYLE = /^(?:toc|contents) ([1-9])$/;
/** A paragraph that only has an outline level set on itself is a heading if it is short enough to be one. */
const LONGEST_OUTLINED = 250;
const LONGEST_TITLE = 120;

/** "3.2", "C.3.1.2": names a clause, which the items "(a)", "(b)" below it belong to. It is no item of a list. */
const CLAUSE_NUMBER = /^(?:\p{Lu}\.\d+|\d+\.\d+)(?:\.\d+)*\.?$/u;

/** Collects the blocks of a body, a cell, a note or a text box, one element after the other. */
export class BlockBuilder {
  readonly blocks: RootContent[] = [];
  readonly #reading: DocxReading;
  readonly #lists: ListBuilder;
  /** Content of paragraphs whose end was deleted: it stands in the next one. */
  #joined: PhrasingContent[] = [];

  constructor(reading: DocxReading) {
    this.#reading = reading;
    this.#lists = new ListBuilder(this.blocks);
  }

  /** To be called after the last element. */
  end(): void {
    const children = this.#joined.splice(0);
    if (children.some(isVisible)) this.#write(undefined, undefined, undefined, children);
  }

  add(element: XmlElement): void {
    switch (element.name) {
      case 'w:p':
        this.#paragraph(element);
        return;
      case 'w:tbl':
        this.#push(readTable(this.#reading, element));
        return;
      case 'w:sdt':
        this.#addAll(child(element, 'w:sdtContent'));
        return;
      case 'mc:AlternateContent':
        this.#addAll(alternative(element));
        return;
      case 'w:altChunk':
        this.#reading.chunksLeftOut += 1;
        return;
      case 'm:oMathPara':
        this.#push([{ type: 'paragraph', children: [{ type: 'text', value: formulaText(element) }] }]);
        return;
      case 'w:del':
      case 'w:moveFrom':
        this.#reading.deletions += 1;
        return;
      default:
        // Whatever wraps paragraphs and tables, known or not, is no reason to lose them.
        this.#addAll(element);
    }
  }

  #addAll(parent: XmlElement | undefined): void {
    for (const element of elementsOf(parent)) this.add(element);
  }

  #push(blocks: readonly RootContent[]): void {
    if (blocks.length === 0) return;
    this.end();
    this.#lists.end();
    this.blocks.push(...blocks);
  }

  #paragraph(element: XmlElement): void {
    const reading = this.#reading;
    const properties = child(element, 'w:pPr');
    const mark = child(properties, 'w:rPr');
    const isJoined = child(mark, 'w:del') !== undefined || child(mark, 'w:moveFrom') !== undefined;
    const style = reading.styles.get(childValue(properties, 'w:pStyle') ?? reading.styles.defaultParagraphId);
    const number = isJoined || isHiddenWhole(element, mark) ? undefined : this.#number(properties, style);
    const children = [...this.#joined.splice(0), ...this.#readLine(element, properties, style)];
    const boxes = reading.textBoxes.splice(0);
    // A field whose code never ends must not swallow the rest of the document.
    for (const field of reading.fields) field.inResult = true;
    if (reading.ruled) this.#push([{ type: 'thematicBreak' }]);
    reading.ruled = false;
    if (isJoined) {
      reading.deletions += 1;
      this.#joined = children;
    } else if (children.some(isVisible)) {
      this.#write(properties, style, number, children);
      this.#noteLook(element, style, children);
    }
    for (const box of boxes) this.#push(box);
  }

  /** What the last block looks like, should the document have no headings. */
  #noteLook(element: XmlElement, style: Style | undefined, children: readonly PhrasingContent[]): void {
    const last = this.blocks.at(-1);
    const look = codeText(children).length > LONGEST_TITLE ? undefined : titleLook(this.#reading, element, style);
    if (last && look) this.#reading.titleLooks.set(last, look);
    else if (last) this.#reading.titleLooks.delete(last);
  }

  #readLine(element: XmlElement, properties: XmlElement | undefined, style: Style | undefined): PhrasingContent[] {
    const reading = this.#reading;
    const { ground, paragraphLook } = reading;
    reading.ground = readGround(properties) ?? style?.ground ?? ground;
    reading.paragraphLook = style?.look ?? {};
    const children = readInline(reading, element);
    reading.ground = ground;
    reading.paragraphLook = paragraphLook;
    return children;
  }

  #number(properties: XmlElement | undefined, style: Style | undefined): ListNumber | undefined {
    const direct = readNumberingReference(properties);
    const numId = direct?.numId ?? style?.numbering?.numId;
    if (numId === undefined || numId === '0') return undefined;
    const level = direct?.level ?? style?.numbering?.level;
    return this.#reading.numbers.next(numId, level, style?.numbering?.styleId ?? style?.id);
  }

  #write(
    properties: XmlElement | undefined,
    style: Style | undefined,
    number: ListNumber | undefined,
    children: PhrasingContent[],
  ): void {
    const name = style?.name ?? '';
    const depth = headingDepth(properties, style, children);
    const indentLeft = readIndent(properties) ?? number?.indentLeft ?? style?.indentLeft;
    const tocLevel = TOC_STYLE.exec(name)?.[1];
    if (depth !== undefined) {
      this.#push([heading(depth, number, children)]);
    } else if (tocLevel !== undefined) {
      const content: RootContent = { type: 'paragraph', children };
      const level = Number(tocLevel);
      this.#lists.add({ numbering: '', isBullet: true, level, listId: 'toc', indentLeft: undefined, content });
    } else if (number && !number.isBullet && CLAUSE_NUMBER.test(number.text)) {
      this.#push([numberedClause(number.text, children)]);
    } else if (number && number.text !== '') {
      this.#item(number, children, indentLeft);
    } else if (CODE_STYLE.test(name)) this.#code(children, number);
    else {
      const firstLine = readFirstLine(properties) ?? style?.firstLine;
      const isSetApart = number !== undefined || CAPTION_STYLE.test(name) || QUOTE_STYLE.test(name);
      const item = isSetApart ? undefined : readTypedLabel(children, { indentLeft, firstLine });
      if (item) this.#item(item.number, item.children, indentLeft);
      else this.#plain({ type: 'paragraph', children }, name, number, indentLeft ?? 0);
    }
  }

  #item(number: ListNumber, children: PhrasingContent[], indentLeft: number | undefined): void {
    const { text: numbering, isBullet, level, listId } = number;
    this.#lists.add({ numbering, isBullet, level, listId, indentLeft, content: { type: 'paragraph', children } });
  }

  #plain(paragraph: RootContent, styleName: string, number: ListNumber | undefined, indentLeft: number): void {
    if (paragraph.type !== 'paragraph') return;
    const isFigure = paragraph.children.every((node) => node.type === 'image' || !isVisible(node));
    if (CAPTION_STYLE.test(styleName)) paragraph.data = { provenance: { blockKind: 'caption' } };
    else if (isFigure) paragraph.data = { provenance: { blockKind: 'figure' } };
    if (number && this.#lists.isOpen && this.#lists.addBelow(paragraph, number.level)) return;
    if (QUOTE_STYLE.test(styleName)) this.#quote(paragraph);
    else if (!this.#lists.addContinuation(paragraph, indentLeft)) this.#push([paragraph]);
  }

  /** Paragraphs in a quotation style that follow one another are one quotation. */
  #quote(paragraph: Blockquote['children'][number]): void {
    const last = this.blocks.at(-1);
    if (last?.type === 'blockquote' && !this.#lists.isOpen) last.children.push(paragraph);
    else this.#push([{ type: 'blockquote', children: [paragraph] }]);
  }

  /** The same for lines of code. */
  #code(children: readonly PhrasingContent[], number: ListNumber | undefined): void {
    const value = codeText(children);
    const last = this.blocks.at(-1);
    if (number && this.#lists.isOpen && this.#lists.addBelow({ type: 'code', value }, number.level)) return;
    if (last?.type === 'code' && !this.#lists.isOpen) last.value += `\n${value}`;
    else this.#push([{ type: 'code', value }]);
  }
}

/** A paragraph hidden with its end takes no line, and no number. */
const isHiddenWhole = (element: XmlElement, mark: XmlElement | undefined): boolean =>
  toggle(mark, 'w:vanish') === true &&
  descendants(element, 'w:r').every((run) => toggle(child(run, 'w:rPr'), 'w:vanish') === true);

const isVisible = (node: PhrasingContent): boolean => {
  if ('children' in node) return node.children.some(isVisible);
  return 'value' in node ? node.value.trim() !== '' : node.type !== 'break';
};

/** 1–6. A title counts as level 1; levels below 6 have no heading in Markdown and become 6. */
const headingDepth = (
  properties: XmlElement | undefined,
  style: Style | undefined,
  children: readonly PhrasingContent[],
): 1 | 2 | 3 | 4 | 5 | 6 | undefined => {
  const direct = childValue(properties, 'w:outlineLvl');
  const level = direct === undefined ? style?.outlineLevel : Number(direct);
  if (level !== undefined && level >= 0 && level < 9) {
    const inherited = style?.outlineLevel !== undefined && style.outlineLevel < 9;
    if (inherited || codeText(children).length <= LONGEST_OUTLINED) return Math.min(6, level + 1) as 1;
  }
  return style?.name === 'title' ? 1 : undefined;
};

/** The printed number is part of the clause's text, as a page shows it. */
const numberedClause = (numbering: string, children: PhrasingContent[]): RootContent => ({
  type: 'paragraph',
  children: [{ type: 'text', value: `${numbering} ` }, ...children],
  data: { provenance: { numbering } },
});

const codeText = (children: readonly PhrasingContent[]): string =>
  children
    .map((node): string => {
      if ('children' in node) return codeText(node.children);
      if (node.type === 'break') return '\n';
      return 'value' in node ? node.value : '';
    })
    .join('');
