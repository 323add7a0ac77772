/** Inline content of Word paragraphs. */
import type { PhrasingContent } from 'mdast';
import { formatNumber } from '../list-numbers.ts';
import { collectRuns, plainText } from '../markdown/inline-runs.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, childValue, elementsOf, textOf, toggle } from '../ooxml/xml.ts';
import { readDrawing } from './drawing.ts';
import { readFormField } from './form-fields.ts';
import { formulaText } from './formula.ts';
import type { DocxReading, NoteKind } from './reading.ts';
import { fieldUrl, hyperlinkTarget } from './reading.ts';
import { readLook, unseenReason } from './run-look.ts';
import { RUN_TOGGLES } from './styles.ts';
import { isSymbolFont, showSymbol } from './symbols.ts';

/** Content of a paragraph (or of something inside one): insertions are kept, deletions left out, fields show their result. */
export const readInline = (reading: DocxReading, parent: XmlElement, url?: string): PhrasingContent[] =>
  elementsOf(parent).flatMap((element) => readInlineElement(reading, element, url));

const readInlineElement = (reading: DocxReading, element: XmlElement, url: string | undefined): PhrasingContent[] => {
  switch (element.name) {
    case 'w:r':
      return readRun(reading, element, url);
    case 'w:hyperlink': {
      const target = reading.relationships.get(attribute(element, 'id') ?? '');
      return readInline(reading, element, target?.external ? target.target : url);
    }
    case 'w:fldSimple':
      return readInline(reading, element, hyperlinkTarget(attribute(element, 'instr') ?? '') ?? url);
    case 'w:ins':
    case 'w:moveTo':
      reading.insertions += 1;
      return readInline(reading, element, url);
    case 'w:del':
    case 'w:moveFrom':
      reading.deletions += 1;
      return [];
    case 'w:sdt': {
      const state = checkBoxState(child(element, 'w:sdtPr'));
      if (state !== undefined) return [{ type: 'text', value: state ? '☒' : '☐' }];
      const content = child(element, 'w:sdtContent');
      return content ? readInline(reading, content, url) : [];
    }
    case 'w:pPr':
      return [];
    case 'm:oMath':
    case 'm:oMathPara':
      return [{ type: 'text', value: formulaText(element) }];
    case 'mc:AlternateContent': {
      const chosen = alternative(element);
      return chosen ? readInline(reading, chosen, url) : [];
    }
    default:
      return readInline(reading, element, url);
  }
};

/** Of a check box content control: ticked or not; undefined for every other control. */
const checkBoxState = (properties: XmlElement | undefined): boolean | undefined => {
  const box = elementsOf(properties).find(({ name }) => /:checkbox$/.test(name));
  const checked = elementsOf(box).find(({ name }) => /:checked$/.test(name));
  return box && /^(?:1|true|on)$/.test(attribute(checked, 'val') ?? '0');
};

/** The first choice that holds anything, else the fallback. */
export const alternative = (element: XmlElement): XmlElement | undefined =>
  elementsOf(element, 'mc:Choice').find((choice) => choice.children.length > 0) ?? child(element, 'mc:Fallback');

const CODE_STYLE = /^(?:verbatim char|html (?:code|keyboard|sample|typewriter)|source text|code char|inline code)$/;

const readRun = (reading: DocxReading, run: XmlElement, url: string | undefined): PhrasingContent[] => {
  const properties = child(run, 'w:rPr');
  const style = reading.styles.get(childValue(properties, 'w:rStyle'));
  const shown = Object.fromEntries(
    RUN_TOGGLES.map(([key, name]) => [key, toggle(properties, name) ?? style?.[key] ?? false]),
  );
  const content = readRunContent(reading, run, url);
  if (content.length === 0) return [];
  const look = { ...reading.paragraphLook, ...style?.look, ...readLook(properties) };
  const reason = unseenReason(look, reading.hasBackdrop ? undefined : reading.ground);
  const words = reason === undefined ? '' : plainText(collectRuns(content));
  if (reason !== undefined && (reason === 'hidden' || words.trim() !== '')) {
    if (words.trim() !== '') reading.unseen.add(reason, undefined, [...words].length, `${words} `);
    return [];
  }
  let nodes = content;
  if (style && CODE_STYLE.test(style.name))
    nodes = nodes.map((node) => (node.type === 'text' ? { type: 'inlineCode', value: node.value } : node));
  if (shown.italic) nodes = [{ type: 'emphasis', children: nodes }];
  if (shown.bold) nodes = [{ type: 'strong', children: nodes }];
  if (shown.strike) nodes = [{ type: 'delete', children: nodes }];
  const target = url ?? fieldUrl(reading.fields);
  return target === undefined ? nodes : [{ type: 'link', url: target, children: nodes }];
};

const readRunContent = (reading: DocxReading, run: XmlElement, url: string | undefined): PhrasingContent[] =>
  elementsOf(run).flatMap((element): PhrasingContent[] => {
    if (element.name === 'w:fldChar') return readFieldMark(reading, element);
    const field = reading.fields.at(-1);
    if (element.name === 'w:instrText') {
      if (field) field.code += textOf(element);
      return [];
    }
    // A field inside the code of another one says what that one does; nobody sees its result.
    if (reading.fields.some(({ inResult }) => !inResult)) return [];
    return readRunElement(reading, element, url, fontOf(run));
  });

const fontOf = (run: XmlElement): string => {
  const fonts = child(child(run, 'w:rPr'), 'w:rFonts');
  return attribute(fonts, 'ascii') ?? attribute(fonts, 'hAnsi') ?? '';
};

const text = (value: string): PhrasingContent[] => [{ type: 'text', value }];

const readRunElement = (
  reading: DocxReading,
  element: XmlElement,
  url: string | undefined,
  font: string,
): PhrasingContent[] => {
  switch (element.name) {
    case 'w:t':
      return text(
        textOf(element)
          .replaceAll('\u00ad', '')
          .replace(/[\uf000-\uf0ff]/g, (character) => showSymbol(character, false, '\ufffd', font)),
      );
    case 'w:tab':
    case 'w:ptab':
      return text('\t');
    case 'w:noBreakHyphen':
      return text('-');
    case 'w:br':
      return /^(?:page|column)$/.test(attribute(element, 'type') ?? '') ? text(' ') : [{ type: 'break' }];
    case 'w:cr':
      return [{ type: 'break' }];
    case 'w:sym': {
      const code = Number.parseInt(attribute(element, 'char') ?? '', 16);
      if (!(code >= 0 && code <= 0x10ffff)) return [];
      const symbolFont = attribute(element, 'font') ?? font;
      return text(showSymbol(String.fromCodePoint(code), isSymbolFont(symbolFont), '\ufffd', symbolFont));
    }
    case 'w:footnoteReference':
      return readNoteReference(reading, 'footnote', element);
    case 'w:endnoteReference':
      return readNoteReference(reading, 'endnote', element);
    case 'w:drawing':
    case 'w:pict':
    case 'w:object':
      return readDrawing(reading, element);
    case 'mc:AlternateContent': {
      const chosen = alternative(element);
      return elementsOf(chosen).flatMap((inner) => readRunElement(reading, inner, url, font));
    }
    case 'w:ruby': {
      const base = child(element, 'w:rubyBase');
      return base ? readInline(reading, base, url) : [];
    }
    default:
      return [];
  }
};

const readFieldMark = (reading: DocxReading, element: XmlElement): PhrasingContent[] => {
  const field = reading.fields.at(-1);
  switch (attribute(element, 'fldCharType')) {
    case 'begin':
      reading.fields.push({ code: '', inResult: false });
      return readFormField(child(element, 'w:ffData'));
    case 'separate':
      if (field) field.inResult = true;
      return [];
    case 'end':
      reading.fields.pop();
      return [];
    default:
      return [];
  }
};

/** Numbered by first reference, as Word does: footnotes in figures, endnotes in Roman numerals, so that labels never meet. */
const readNoteReference = (reading: DocxReading, kind: NoteKind, element: XmlElement): PhrasingContent[] => {
  const id = attribute(element, 'id') ?? '';
  const key = `${kind}/${id}`;
  const known = reading.notes.get(key);
  const count = [...reading.notes.values()].filter((note) => note.kind === kind).length;
  const label = known?.label ?? formatNumber(count + 1, kind === 'footnote' ? 'decimal' : 'lowerRoman');
  if (!known) reading.notes.set(key, { kind, id, label });
  return [{ type: 'footnoteReference', identifier: label, label }];
};
