/** One slide of an OpenDocument presentation (OpenDocument 1.3 part 3, 10.2.4). */
import type { PhrasingContent, RootContent } from 'mdast';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, descendants, elementsOf } from '../ooxml/xml.ts';
import type { Box } from '../pptx/boxes.ts';
import { isBeside } from '../pptx/boxes.ts';
import { inReadingOrder } from '../pptx/reading-order.ts';
import type { Slide } from '../slides.ts';
import { readDrawing } from './drawing.ts';
import { shownText } from './inline.ts';
import { toEmu } from './lengths.ts';
import type { OdfReading } from './reading.ts';
import { noteUnseen } from './reading.ts';

/**
 * Its title first, then what stands on it in reading order, then the notes; `isBare`: there is nothing but the title. `size`: of the
 * slide, in English Metric Units.
 */
export const readPage = (
  reading: OdfReading,
  page: XmlElement,
  size: { width: number; height: number } | undefined,
): Omit<Slide, 'opens'> & { hasSubtitle: boolean; isBare: boolean } => {
  const shapes = elementsOf(page).filter(({ name }) => name.startsWith('draw:'));
  const titles = shapes.filter((shape) => classOf(shape) === 'title');
  const title = titles.map(readTitle).find((children) => children.length > 0) ?? [];
  const content = shapes.filter((shape) => !LEFT_OUT.has(classOf(shape)) && attribute(shape, 'placeholder') !== 'true');
  const placed = content
    .map((shape) => ({ box: boxOf(shape), blocks: readShape(reading, shape, size) }))
    .filter(({ blocks }) => blocks.length > 0);
  const notes = elementsOf(child(page, 'presentation:notes')).filter((shape) => classOf(shape) === 'notes');
  return {
    title,
    isBare: title.length > 0 && content.length === 0,
    hasSubtitle: shapes.some((shape) => classOf(shape) === 'subtitle'),
    blocks: inReadingOrder(placed).flatMap(({ blocks }) => blocks),
    notes: notes.flatMap((shape) => readShape(reading, shape, undefined)),
  };
};

/** Of whatever part of a file. */
export const paragraphsIn = (element: XmlElement): string[] => descendants(element, 'text:p').map(shownText);

/** The title, and the furniture of the foot, which the master page shows. */
const LEFT_OUT: ReadonlySet<string> = new Set(['title', 'header', 'footer', 'date-time', 'page-number', 'page']);

const classOf = (shape: XmlElement): string => attribute(shape, 'class') ?? '';

const readTitle = (shape: XmlElement): PhrasingContent[] => {
  const value = [...descendants(shape, 'text:p'), ...descendants(shape, 'text:h')]
    .map((paragraph) => shownText(paragraph).replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '')
    .join(' ');
  return value === '' ? [] : [{ type: 'text', value }];
};

const boxOf = (shape: XmlElement): Box | undefined => {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => toEmu(attribute(shape, name)));
  if (x !== undefined && y !== undefined && width !== undefined && height !== undefined) return { x, y, width, height };
  return shape.name === 'draw:g' ? elementsOf(shape).map(boxOf).reduce(around, undefined) : undefined;
};

/** A group has no place of its own: it lies where its parts do. */
const around = (one: Box | undefined, other: Box | undefined): Box | undefined => {
  if (!one || !other) return one ?? other;
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  const width = Math.max(one.x + one.width, other.x + other.width) - x;
  const height = Math.max(one.y + one.height, other.y + other.height) - y;
  return { x, y, width, height };
};

const readShape = (
  reading: OdfReading,
  shape: XmlElement,
  size: { width: number; height: number } | undefined,
): RootContent[] => {
  const box = boxOf(shape);
  if (box && size && isBeside(box, size)) {
    noteUnseen(reading, 'off_page', paragraphsIn(shape).join(' '));
    return [];
  }
  const outer = reading.textBoxes;
  reading.textBoxes = [];
  const alternative = readDrawing(reading, shape);
  const blocks = reading.textBoxes.flat();
  reading.textBoxes = outer;
  if (alternative.length === 0) return blocks;
  return [...blocks, { type: 'paragraph', children: alternative, data: { provenance: { blockKind: 'figure' } } }];
};
