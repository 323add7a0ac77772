/** A stretch of a Word document's text to blocks: the body, a note, a header, a text box. */
import type { RootContent } from 'mdast';
import type { Field } from '../docx/reading.ts';
import { fieldUrl } from '../docx/reading.ts';
import { showSymbol } from '../docx/symbols.ts';
import { countUnreadable } from '../source-tree-parts.ts';
import { ParagraphFlow } from '../word-text/paragraph-flow.ts';
import type { RunFormat } from '../word-text/run-collector.ts';
import { RunCollector } from '../word-text/run-collector.ts';
import type { CharacterProperties } from './properties.ts';
import type { DocReading } from './reading.ts';

/** From one place in the text up to another, exclusive. */
export const readStory = (reading: DocReading, start: number, end: number): RootContent[] => {
  const story = new Story(reading);
  const last = Math.min(end, reading.parts.text.length);
  for (let place = start; place < last; ) {
    const characters = reading.charactersAt(place);
    const next = Math.min(last, characters.end);
    story.take(place, next, characters.properties);
    place = next;
  }
  return story.end(last);
};

/** Characters below the space have meanings of their own ([MS-DOC] 2.4.1 and 2.8.25). */
const MARK = {
  noteReference: '\u0002',
  cell: '\u0007',
  tab: '\t',
  line: '\u000b',
  page: '\u000c',
  paragraph: '\r',
  column: '\u000e',
  fieldBegin: '\u0013',
  fieldSeparator: '\u0014',
  fieldEnd: '\u0015',
  hyphen: '\u001e',
} as const;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the format uses
const MARKS = /[\u0000-\u001f]/g;
const CODE_STYLE = /^(?:verbatim char|html (?:code|keyboard|sample|typewriter)|source text|code char|inline code)$/;
const MAX_FIELDS = 100;

class Story {
  readonly #reading: DocReading;
  readonly #flow = new ParagraphFlow();
  readonly #runs = new RunCollector();
  readonly #fields: Field[] = [];

  constructor(reading: DocReading) {
    this.#reading = reading;
  }

  take(start: number, end: number, properties: CharacterProperties): void {
    const text = this.#reading.parts.text.slice(start, end);
    if (properties.isSpecial && properties.symbol !== undefined) {
      this.#text(showSymbol(String.fromCharCode(properties.symbol), true, '\ufffd').repeat(text.length), properties);
      return;
    }
    let at = 0;
    for (const match of text.matchAll(MARKS)) {
      if (match.index > at) this.#text(text.slice(at, match.index), properties);
      this.#mark(match[0], start + match.index, properties);
      at = match.index + 1;
    }
    if (at < text.length) this.#text(text.slice(at), properties);
  }

  end(place: number): RootContent[] {
    this.#paragraph(Math.max(0, place - 1), 0);
    return this.#flow.end();
  }

  #mark(mark: string, place: number, properties: CharacterProperties): void {
    switch (mark) {
      case MARK.paragraph:
      case MARK.page:
      case MARK.cell:
        this.#endParagraph(mark, place);
        return;
      case MARK.line:
        this.#runs.node({ type: 'break' });
        return;
      case MARK.tab:
        this.#text('\t', properties);
        return;
      case MARK.column:
        this.#text(' ', properties);
        return;
      case MARK.hyphen:
        this.#text('-', properties);
        return;
      case MARK.fieldBegin:
        if (this.#fields.length < MAX_FIELDS) this.#fields.push({ code: '', inResult: false });
        return;
      case MARK.fieldSeparator: {
        const field = this.#fields.at(-1);
        if (field) field.inResult = true;
        return;
      }
      case MARK.fieldEnd:
        this.#fields.pop();
        return;
      case MARK.noteReference: {
        const label = this.#reading.parts.noteLabels.get(place);
        if (label !== undefined) this.#runs.node({ type: 'footnoteReference', identifier: label, label });
        return;
      }
      default:
    }
  }

  #text(text: string, properties: CharacterProperties): void {
    const field = this.#fields.at(-1);
    if (field && !field.inResult) {
      field.code += text;
      return;
    }
    const style = properties.style === undefined ? undefined : this.#reading.parts.styleOf(properties.style);
    if (this.#isLeftOut(text, { ...style?.character, ...properties })) return;
    const shown = text.replace(/[\uf000-\uf0ff]/g, (character) => showSymbol(character, false, '\ufffd'));
    this.#reading.unreadable += countUnreadable(shown);
    this.#runs.text(shown, formatOf({ ...style?.character, ...properties }, style?.name, fieldUrl(this.#fields)));
  }

  /** Hidden and deleted text; each stretch of what was changed counts once. */
  #isLeftOut(text: string, { hidden, inserted, deleted }: CharacterProperties): boolean {
    const isHidden = isOn(hidden);
    const change = deleted ? 'deleted' : isHidden ? 'hidden' : inserted ? 'inserted' : undefined;
    const reading = this.#reading;
    if (change === 'hidden' && (reading.lastChange === 'hidden' || text.trim() !== '')) {
      reading.unseen.add('hidden', undefined, [...text].length, reading.lastChange === 'hidden' ? text : ` ${text}`);
    }
    if (text.trim() !== '') {
      if (change !== reading.lastChange) {
        if (change === 'deleted') reading.deletions += 1;
        else if (change === 'inserted') reading.insertions += 1;
      }
      reading.lastChange = change;
    }
    return change === 'deleted' || change === 'hidden';
  }

  #endParagraph(mark: string, place: number): void {
    const properties = this.#reading.paragraphAt(place);
    const depth = properties.inTable ? Math.max(1, properties.depth ?? 1) : 0;
    this.#paragraph(place, depth);
    const shape = { left: 0, cells: [], ...properties.row, isHeader: properties.isHeaderRow };
    if (mark === MARK.cell && depth > 0) {
      if (properties.isRowEnd) this.#flow.endRow(1, shape);
      else this.#flow.endCell(1);
    } else if (properties.isInnerRowEnd) this.#flow.endRow(depth, shape);
    else if (properties.isInnerCellEnd) this.#flow.endCell(depth);
  }

  #paragraph(place: number, depth: number): void {
    const properties = this.#reading.paragraphAt(place);
    const { styleName, outlineFromStyle, outlineLevel, indentLeft, firstLine, list, listLevel } = properties;
    const number = list === undefined || list === 0 ? undefined : this.#number(list, listLevel);
    // A field whose code never ends must not swallow the rest of the document.
    for (const field of this.#fields) field.inResult = true;
    this.#flow.paragraph(
      {
        children: this.#runs.take(),
        styleName,
        ...(outlineLevel === undefined ? {} : { outlineLevel, outlineFromStyle }),
        ...(number ? { number } : {}),
        ...(indentLeft === undefined ? {} : { indentLeft }),
        ...(firstLine === undefined ? {} : { firstLine }),
      },
      depth,
    );
  }

  #number(list: number, level: number | undefined) {
    return this.#reading.parts.numbers.next(String(list), level ?? 0, undefined);
  }
}

const isOn = (toggle: CharacterProperties['bold']): boolean => toggle === true || toggle === 'opposite';

const formatOf = (
  properties: CharacterProperties,
  styleName: string | undefined,
  url: string | undefined,
): RunFormat => ({
  bold: isOn(properties.bold),
  italic: isOn(properties.italic),
  strike: isOn(properties.strike),
  isCode: CODE_STYLE.test(styleName ?? ''),
  url,
});
