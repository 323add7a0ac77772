/** Pictures, shapes and text boxes in Word documents. */
import type { PhrasingContent } from 'mdast';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, descendants, elementsOf } from '../ooxml/xml.ts';
import type { DocxReading } from './reading.ts';

/** A picture gives its alternative text; text boxes are put aside as blocks; a line drawn across the page is remembered. */
export const readDrawing = (reading: DocxReading, drawing: XmlElement): PhrasingContent[] => {
  for (const content of outermost(drawing, 'w:txbxContent')) {
    const fields = reading.fields.splice(0);
    const { textBoxes: boxes, ground } = reading;
    reading.textBoxes = [];
    reading.ground = undefined;
    const blocks = reading.readBlocks(elementsOf(content));
    reading.ground = ground;
    reading.textBoxes = [...boxes, blocks, ...reading.textBoxes];
    reading.fields.push(...fields);
  }
  reading.hasBackdrop ||= mayLieBehind(drawing);
  if (drawing.name === 'w:pict' && elementsOf(drawing).some((shape) => attribute(shape, 'hr') !== undefined))
    reading.ruled = true;
  if (descendants(drawing, 'a:graphicData').some((data) => /chart|diagram/.test(attribute(data, 'uri') ?? ''))) {
    reading.drawingsLeftOut += 1;
  }
  const alt = alternativeText(drawing);
  return alt === '' ? [] : [{ type: 'image', url: '', alt }];
};

/** A drawing that does not stand in the line, but has a place on the page. */
export const mayLieBehind = (drawing: XmlElement): boolean =>
  descendants(drawing, 'wp:anchor').length > 0 ||
  elementsOf(drawing).some((shape) => /position:\s*absolute/i.test(attribute(shape, 'style') ?? ''));

const alternativeText = (drawing: XmlElement): string => {
  for (const anchor of elementsOf(drawing)) {
    const properties = child(anchor, 'wp:docPr');
    const alt = attribute(properties ?? anchor, properties ? 'descr' : 'alt')?.trim();
    if (alt) return alt;
  }
  return '';
};

/** Elements of a name that are not inside another one of it. A shape's alternative for old programs is the same text again. */
const outermost = (element: XmlElement, name: string): XmlElement[] =>
  elementsOf(element).flatMap((inner) => {
    if (inner.name === name) return [inner];
    if (inner.name !== 'mc:AlternateContent') return outermost(inner, name);
    const choice = child(inner, 'mc:Choice') ?? child(inner, 'mc:Fallback');
    return choice ? outermost(choice, name) : [];
  });
