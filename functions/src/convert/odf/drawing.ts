/** Frames, pictures, shapes and charts (OpenDocument 1.3 part 3, 10). */
import type { PhrasingContent, RootContent } from 'mdast';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, descendants, elementsOf, textOf } from '../ooxml/xml.ts';
import type { OdfReading } from './reading.ts';
import { readTable } from './table.ts';

/** A picture gives its alternative text; text boxes, tables and charts are put aside as blocks. */
export const readDrawing = (reading: OdfReading, element: XmlElement): PhrasingContent[] => {
  switch (element.name) {
    case 'draw:frame':
      return readFrame(reading, element);
    case 'draw:g':
    case 'draw:a':
      return elementsOf(element).flatMap((inner) => readDrawing(reading, inner));
    case 'draw:control':
      return [];
    default:
      // Custom shapes, rectangles, lines with a label: their paragraphs stand in them directly.
      if (element.name.startsWith('draw:')) putAside(reading, elementsOf(element).filter(isText));
      return [];
  }
};

const isText = ({ name }: XmlElement): boolean => name === 'text:p' || name === 'text:h' || name === 'text:list';

const readFrame = (reading: OdfReading, frame: XmlElement): PhrasingContent[] => {
  const box = child(frame, 'draw:text-box');
  const table = child(frame, 'table:table');
  if (box) putAside(reading, elementsOf(box));
  else if (table) reading.textBoxes.push(readTable(reading, table));
  else if (child(frame, 'draw:object') ?? child(frame, 'draw:object-ole')) return readObject(reading, frame);
  const picture = child(frame, 'draw:image');
  if (/^[a-z][\w+.-]*:\/\//i.test(attribute(picture, 'href') ?? '')) reading.externalResources += 1;
  return picture ? alternativeOf(frame) : [];
};

const putAside = (reading: OdfReading, elements: readonly XmlElement[]): void => {
  const outer = reading.textBoxes;
  reading.textBoxes = [];
  const blocks = reading.readBlocks(elements);
  outer.push(blocks);
  for (const box of reading.textBoxes) outer.push(box);
  reading.textBoxes = outer;
};

const alternativeOf = (frame: XmlElement): PhrasingContent[] => {
  const texts = [child(frame, 'svg:desc'), child(frame, 'svg:title')].map((found) =>
    (found ? textOf(found) : '').trim(),
  );
  const alt = texts.find((text) => text !== '' && !FILE_NAME.test(text));
  return alt === undefined ? [] : [{ type: 'image', url: '', alt }];
};

/** Programs put the picture's file name where its description belongs. */
const FILE_NAME = /^\S+\.(?:png|jpe?g|gif|emf|wmf|svg|tiff?|bmp|webp)$/i;

/** A chart is the table it draws, a formula its signs; the picture beside an object only shows it once more. */
const readObject = (reading: OdfReading, frame: XmlElement): PhrasingContent[] => {
  const href = attribute(child(frame, 'draw:object'), 'href') ?? '';
  const content = reading.office.xml(`${href.replace(/^\.\/|\/$/g, '')}/content.xml`);
  if (content && /(?:^|:)math$/.test(content.name)) {
    // Its first form is what is shown, the others say it in other languages.
    const [formula] = elementsOf(elementsOf(content).find(({ name }) => /(?:^|:)semantics$/.test(name)));
    return [{ type: 'text', value: textOf(formula ?? content) }];
  }
  const [chart] = content ? descendants(content, 'chart:chart') : [];
  const table = child(chart, 'table:table');
  if (!table) {
    reading.drawingsLeftOut += 1;
    return alternativeOf(frame);
  }
  const title = child(chart, 'chart:title');
  const caption: RootContent[] = title
    ? [{ type: 'paragraph', children: [{ type: 'text', value: textOf(title) }], data: CAPTION }]
    : [];
  reading.textBoxes.push([...caption, ...readTable(reading, table)]);
  return [];
};

const CAPTION = { provenance: { blockKind: 'caption' } } as const;
