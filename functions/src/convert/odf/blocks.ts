/** Block content of OpenDocument texts (OpenDocument 1.3 part 3, 5). */
import type { RootContent } from 'mdast';
import type { ListNumber } from '../docx/numbering.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, elementsOf, textOf } from '../ooxml/xml.ts';
import { BlockWriter } from '../word-text/block-writer.ts';
import { readDrawing } from './drawing.ts';
import { readInline } from './inline.ts';
import type { ListChain } from './list-counter.ts';
import type { OdfReading } from './reading.ts';
import { noteUnseen } from './reading.ts';
import type { Style } from './styles.ts';
import { readTable } from './table.ts';

export const readBlocks = (reading: OdfReading, elements: readonly XmlElement[]): RootContent[] => {
  const reader = new BlockReader(reading);
  for (const element of elements) reader.add(element);
  return reader.blocks;
};

interface ListPlace {
  chain: ListChain;
  styleName: string;
  level: number;
}

class BlockReader {
  readonly #reading: OdfReading;
  readonly #writer = new BlockWriter();

  constructor(reading: OdfReading) {
    this.#reading = reading;
  }

  get blocks(): RootContent[] {
    return this.#writer.blocks;
  }

  add(element: XmlElement): void {
    const reading = this.#reading;
    switch (element.name) {
      case 'text:p':
        this.#paragraph(element);
        return;
      case 'text:h':
        this.#paragraph(element, { number: this.#headingNumber(element) });
        return;
      case 'text:list':
        this.#list(element, undefined);
        return;
      case 'text:numbered-paragraph':
        this.#numberedParagraph(element);
        return;
      case 'table:table':
        this.#writer.push(readTable(reading, element));
        return;
      case 'text:section':
        this.#section(element);
        return;
      case 'text:tracked-changes':
        countChanges(reading, element);
        return;
      case 'office:annotation':
        reading.comments += 1;
        return;
      case 'office:forms':
      case 'text:table-of-content-source':
        return;
      default:
        if (element.name.startsWith('draw:')) this.#drawing(element);
        // Whatever wraps paragraphs and tables, known or not, is no reason to lose them.
        else for (const inner of elementsOf(element)) this.add(inner);
    }
  }

  #section(element: XmlElement): void {
    const source = attribute(child(element, 'text:section-source'), 'href') ?? '';
    if (source !== '') this.#reading.externalResources += 1;
    const display = attribute(element, 'display');
    if (display === 'none' || (display === 'condition' && attribute(element, 'is-hidden') === 'true')) {
      noteUnseen(this.#reading, 'hidden', textOf(element));
      return;
    }
    for (const inner of elementsOf(element)) this.add(inner);
  }

  /** One that stands beside the paragraphs, tied to the page. */
  #drawing(element: XmlElement): void {
    const children = readDrawing(this.#reading, element);
    this.#writer.add({ children, styleName: '' });
    this.#pushBoxes();
  }

  #pushBoxes(): void {
    for (const box of this.#reading.textBoxes.splice(0)) this.#writer.push(box);
  }

  #headingNumber(element: XmlElement): ListNumber | undefined {
    const { styles, lists } = this.#reading;
    const level = toLevel(attribute(element, 'outline-level'));
    const isPlain = attribute(element, 'is-list-header') === 'true';
    if (isPlain || styles.get('paragraph', attribute(element, 'style-name')).listStyle === '') return undefined;
    const restarts = attribute(element, 'restart-numbering') === 'true';
    return lists.nextHeading(level, attribute(element, 'start-value') ?? (restarts ? '1' : undefined));
  }

  #list(element: XmlElement, outer: ListPlace | undefined): void {
    const chain = outer?.chain ?? this.#reading.lists.begin(element);
    const styleName = attribute(element, 'style-name') ?? outer?.styleName ?? '';
    const place = { chain, styleName, level: outer ? outer.level + 1 : 0 };
    for (const item of elementsOf(element)) this.#item(item, place);
  }

  #item(item: XmlElement, place: ListPlace): void {
    const { lists, styles } = this.#reading;
    let isCounted = item.name !== 'text:list-item';
    for (const element of elementsOf(item)) {
      if (element.name === 'text:list') this.#list(element, place);
      else if (element.name !== 'text:p' && element.name !== 'text:h') this.add(element);
      else if (isCounted) this.#paragraph(element, { belowLevel: place.level });
      else if (styles.get('paragraph', attribute(element, 'style-name')).unnumbered) this.#paragraph(element);
      else {
        const start = attribute(item, 'start-value');
        this.#paragraph(element, {
          number: lists.next(place.chain, place.styleName, place.level, start),
          belowLevel: place.level,
        });
        isCounted = true;
      }
    }
  }

  #numberedParagraph(element: XmlElement): void {
    const { lists } = this.#reading;
    const chain = lists.begin(element);
    const level = toLevel(attribute(element, 'level'));
    const number = lists.next(chain, chain.styleName, level, attribute(element, 'start-value'));
    for (const inner of elementsOf(element)) this.#paragraph(inner, { number });
  }

  #paragraph(
    element: XmlElement,
    { number, belowLevel }: { number?: ListNumber | undefined; belowLevel?: number } = {},
  ): void {
    const reading = this.#reading;
    const style = reading.styles.get('paragraph', attribute(element, 'style-name'));
    if (style.hidden) {
      noteUnseen(reading, 'hidden', textOf(element));
      return;
    }
    const { bold = false, italic = false, strike = false } = style;
    const children = readInline(reading, element, { bold, italic, strike });
    const level = toLevel(attribute(element, 'outline-level'));
    const outlineLevel = element.name === 'text:h' ? Math.min(DEEPEST_OUTLINE, level) : style.outlineLevel;
    this.#writer.add({
      children,
      styleName: CAPTIONS.has(style.name ?? '') ? 'caption' : (style.name ?? ''),
      ...(outlineLevel === undefined ? {} : { outlineLevel, outlineFromStyle: true }),
      ...(number ? { number } : {}),
      ...(number || belowLevel !== undefined ? {} : indentsOf(style)),
      ...(belowLevel === undefined ? {} : { belowLevel }),
    });
    this.#pushBoxes();
  }
}

/** Of a paragraph that is in no list; the list says where its items stand. */
const indentsOf = ({ indentLeft, firstLine }: Style): { indentLeft?: number; firstLine?: number } => ({
  ...(indentLeft === undefined ? {} : { indentLeft }),
  ...(firstLine === undefined ? {} : { firstLine }),
});

/** From here on a level means body text to Word, whose writer is used. */
const DEEPEST_OUTLINE = 8;

/** Counted from 0; a file counts from 1, and no program goes beyond 10. */
const toLevel = (value: string | undefined): number =>
  Math.min(9, Math.max(0, (Number.parseInt(value ?? '1', 10) || 1) - 1));

/** Names of LibreOffice's styles for what stands under a table or a drawing. */
const CAPTIONS: ReadonlySet<string> = new Set(['table', 'drawing']);

/** Deleted text is kept in a place of its own, which is not read; inserted text stands where it belongs. */
const countChanges = (reading: OdfReading, changes: XmlElement): void => {
  for (const region of elementsOf(changes, 'text:changed-region')) {
    if (child(region, 'text:insertion')) reading.insertions += 1;
    if (child(region, 'text:deletion')) reading.deletions += 1;
  }
};
