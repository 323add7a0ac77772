/** The shapes of a slide, without its title, as blocks in reading order. */
import type { RootContent } from 'mdast';
import { relatedPart } from '../ooxml/package.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, descendants, elementsOf, textOf } from '../ooxml/xml.ts';
import type { RunningText } from '../source-tree.ts';
import type { Box, Placing } from './boxes.ts';
import { isBeside, placingIn, statedBox } from './boxes.ts';
import { readChart } from './chart.ts';
import type { Design, Placeholder } from './design.ts';
import { placeholderOf } from './design.ts';
import { readDiagram } from './diagram.ts';
import type { PptxReading } from './reading.ts';
import { addUnseen, chosenElements } from './reading.ts';
import { inReadingOrder } from './reading-order.ts';
import { readTable } from './table.ts';
import { readTextBody } from './text-body.ts';

interface PlacedBlocks {
  box: Box | undefined;
  blocks: RootContent[];
}

/** Heads, feet and dates become running lines; the number of a slide is left out. */
export const readShapes = (reading: PptxReading, design: Design, shapes: readonly XmlElement[]): RootContent[] =>
  readPlaced(reading, design, shapes, (box) => box);

const readPlaced = (
  reading: PptxReading,
  design: Design,
  shapes: readonly XmlElement[],
  place: Placing,
): RootContent[] => {
  const placed = shapes.map((shape) => readShape(reading, design, shape, place));
  return inReadingOrder(placed.filter(({ blocks }) => blocks.length > 0)).flatMap(({ blocks }) => blocks);
};

const readShape = (reading: PptxReading, design: Design, shape: XmlElement, place: Placing): PlacedBlocks => {
  const placeholder = placeholderOf(shape);
  const position = RUNNING[placeholder?.type ?? ''];
  if (position) return { box: undefined, blocks: addRunningLine(reading, shape, position) };
  if (placeholder?.type === 'sldNum') return { box: undefined, blocks: [] };
  const inherited = placeholder ? design.ancestors(placeholder) : [];
  const stated = [shape, ...inherited].map(statedBox).find((found) => found !== undefined);
  const box = stated && place(stated);
  if (isHidden(shape) || (box && reading.slideSize && isBeside(box, reading.slideSize))) {
    if (addUnseen(reading, shape, isHidden(shape) ? 'hidden' : 'off_page')) reading.hiddenShapes += 1;
    return { box, blocks: [] };
  }
  const blocks =
    shape.name === 'p:grpSp'
      ? readPlaced(reading, design, chosenElements(shape), placingIn(shape, place))
      : readContent(reading, design, shape, placeholder);
  return { box, blocks };
};

const RUNNING: Readonly<Record<string, RunningText['position']>> = { hdr: 'head', ftr: 'foot', dt: 'foot' };

const addRunningLine = (reading: PptxReading, shape: XmlElement, position: RunningText['position']): [] => {
  const text = descendants(shape, 'a:t').map(textOf).join('').replace(/\s+/g, ' ').trim();
  if (text !== '') reading.runningLines.set(`${position} ${text}`, { text, position });
  return [];
};

const nonVisual = (shape: XmlElement): XmlElement | undefined => {
  const [properties] = elementsOf(shape);
  return child(properties, 'p:cNvPr');
};

const isHidden = (shape: XmlElement): boolean => /^(?:1|true)$/.test(attribute(nonVisual(shape), 'hidden') ?? '');

const readContent = (
  reading: PptxReading,
  design: Design,
  shape: XmlElement,
  placeholder: Placeholder | undefined,
): RootContent[] => {
  switch (shape.name) {
    case 'p:sp':
      return readTextBody(reading, child(shape, 'p:txBody'), design.listStyles(placeholder));
    case 'p:pic':
      return readAlternative(shape);
    case 'p:graphicFrame':
      return readGraphic(reading, shape);
    default:
      return [];
  }
};

/** Programs put the picture's file name where its description belongs. */
const FILE_NAME = /^\S+\.(?:png|jpe?g|gif|emf|wmf|svg|tiff?|bmp|webp)$/i;

const readAlternative = (shape: XmlElement): RootContent[] => {
  const alt = attribute(nonVisual(shape), 'descr')?.trim() ?? '';
  if (alt === '' || FILE_NAME.test(alt)) return [];
  const figure: RootContent = { type: 'paragraph', children: [{ type: 'image', url: '', alt }] };
  return [{ ...figure, data: { provenance: { blockKind: 'figure' } } }];
};

const readGraphic = (reading: PptxReading, shape: XmlElement): RootContent[] => {
  const data = child(child(shape, 'a:graphic'), 'a:graphicData');
  const table = child(data, 'a:tbl');
  if (table) return readTable(reading, table);
  const blocks = readChartOf(reading, data) ?? readDiagramOf(reading, data);
  if (blocks && blocks.length > 0) return blocks;
  reading.drawingsLeftOut += 1;
  return readAlternative(shape);
};

const readChartOf = (reading: PptxReading, data: XmlElement | undefined): RootContent[] | undefined => {
  const chart = child(data, 'c:chart');
  const target = chart && reading.relationships.get(attribute(chart, 'id') ?? '');
  return target && !target.external ? readChart(reading.office.xml(target.target)) : undefined;
};

const readDiagramOf = (reading: PptxReading, data: XmlElement | undefined): RootContent[] | undefined => {
  const ids = child(data, 'dgm:relIds');
  if (!ids) return undefined;
  const target = reading.relationships.get(attribute(ids, 'dm') ?? '')?.target;
  const part = target ?? relatedPart(reading.relationships, 'diagramData');
  return part === undefined ? undefined : readDiagram(reading, reading.office.xml(part));
};
