/** Inline content of OpenDocument paragraphs (OpenDocument 1.3 part 3, 6). */
import type { PhrasingContent } from 'mdast';
import { formatNumber } from '../list-numbers.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, descendants, textOf } from '../ooxml/xml.ts';
import { readDrawing } from './drawing.ts';
import type { NoteKind, OdfReading } from './reading.ts';
import { noteUnseen } from './reading.ts';
import type { Style } from './styles.ts';

interface Format extends Pick<Style, 'bold' | 'italic' | 'strike'> {
  code?: boolean;
  url?: string;
}

const CODE_STYLE = /^(?:source text|teletype|verbatim char|inline code|example)$/;

/** Fields give the text they show; `format` is that of the paragraph. */
export const readInline = (reading: OdfReading, parent: XmlElement, format: Format): PhrasingContent[] =>
  parent.children.flatMap((node) =>
    typeof node === 'string' ? shown([{ type: 'text', value: node }], format) : readElement(reading, node, format),
  );

const readElement = (reading: OdfReading, element: XmlElement, format: Format): PhrasingContent[] => {
  switch (element.name) {
    case 'text:span':
      return readSpan(reading, element, format);
    case 'text:a': {
      const url = attribute(element, 'href') ?? '';
      // A place inside the document is no address.
      return readInline(reading, element, url === '' || url.startsWith('#') ? format : { ...format, url });
    }
    case 'text:s':
      return shown([{ type: 'text', value: spaces(element) }], format);
    case 'text:tab':
      return shown([{ type: 'text', value: '\t' }], format);
    case 'text:line-break':
      return [{ type: 'break' }];
    case 'text:note':
      return readNote(reading, element);
    case 'office:annotation':
      reading.comments += 1;
      return [];
    case 'text:ruby': {
      const base = child(element, 'text:ruby-base');
      return base ? readInline(reading, base, format) : [];
    }
    case 'text:hidden-text':
    case 'text:hidden-paragraph':
      if (attribute(element, 'is-hidden') !== 'false') noteUnseen(reading, 'hidden', textOf(element));
      return attribute(element, 'is-hidden') === 'false' ? readInline(reading, element, format) : [];
    case 'office:event-listeners':
    case 'text:script':
    // Saved as a row of question marks.
    case 'text:sheet-name':
    case 'text:tracked-changes':
      return [];
    default:
      return element.name.startsWith('draw:')
        ? shown(readDrawing(reading, element), format)
        : readInline(reading, element, format);
  }
};

const readSpan = (reading: OdfReading, span: XmlElement, format: Format): PhrasingContent[] => {
  const style = reading.styles.get('text', attribute(span, 'style-name'));
  if (style.hidden) {
    noteUnseen(reading, 'hidden', textOf(span));
    return [];
  }
  const inner: Format = { ...format };
  if (style.bold !== undefined) inner.bold = style.bold;
  if (style.italic !== undefined) inner.italic = style.italic;
  if (style.strike !== undefined) inner.strike = style.strike;
  if (CODE_STYLE.test(style.name ?? '')) inner.code = true;
  return readInline(reading, span, inner);
};

const shown = (content: PhrasingContent[], { bold, italic, strike, code, url }: Format): PhrasingContent[] => {
  let nodes = content;
  if (nodes.length === 0) return nodes;
  if (code) nodes = nodes.map((node) => (node.type === 'text' ? { type: 'inlineCode', value: node.value } : node));
  if (italic) nodes = [{ type: 'emphasis', children: nodes }];
  if (bold) nodes = [{ type: 'strong', children: nodes }];
  if (strike) nodes = [{ type: 'delete', children: nodes }];
  return url === undefined ? nodes : [{ type: 'link', url, children: nodes as [] }];
};

/** Footnotes in figures, endnotes in Roman numerals, so that labels never meet. */
const readNote = (reading: OdfReading, element: XmlElement): PhrasingContent[] => {
  const kind: NoteKind = attribute(element, 'note-class') === 'endnote' ? 'endnote' : 'footnote';
  reading.noteCounts[kind] += 1;
  const label = formatNumber(reading.noteCounts[kind], kind === 'footnote' ? 'decimal' : 'lowerRoman');
  reading.notes.push({ kind, label, body: child(element, 'text:note-body') });
  return [{ type: 'footnoteReference', identifier: label, label }];
};

/** Code is indented with them; no line is as long as a hostile file may say. */
const MOST_SPACES = 200;

const spaces = (element: XmlElement): string =>
  ' '.repeat(Math.min(Math.max(1, Number(attribute(element, 'c') ?? 1) || 1), MOST_SPACES));

/** The text of something as lines, without notes, comments and drawings. */
export const shownText = (element: XmlElement): string =>
  element.children
    .map((node): string => {
      if (typeof node === 'string') return node.replace(/\s+/g, ' ');
      if (node.name === 'text:s') return spaces(node);
      if (node.name === 'text:tab') return ' ';
      if (node.name === 'text:line-break') return '\n';
      return /^(?:office:annotation|text:note|draw:)/.test(node.name) ? '' : shownText(node);
    })
    .join('');

/** Target of the first link to outside. */
export const linkIn = (element: XmlElement): string | undefined =>
  descendants(element, 'text:a')
    .map((link) => attribute(link, 'href') ?? '')
    .find((url) => url !== '' && !url.startsWith('#'));
