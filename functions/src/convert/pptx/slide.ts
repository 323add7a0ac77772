/** One slide: its title, what stands on it, and its speaker notes. */
import type { RootContent } from 'mdast';
import { relatedPart } from '../ooxml/package.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { child } from '../ooxml/xml.ts';
import type { Slide } from '../slides.ts';
import type { Design } from './design.ts';
import { isTitle, placeholderOf } from './design.ts';
import type { PptxReading } from './reading.ts';
import { chosenElements } from './reading.ts';
import { readShapes } from './shapes.ts';
import { isVisible, readTextBody, readTitle } from './text-body.ts';

/** `root` of the slide part; `reading.relationships` are then those of its notes. */
export const readSlide = (reading: PptxReading, part: string, root: XmlElement, design: Design): Slide => {
  const { office } = reading;
  reading.relationships = office.relationships(part);
  const shapes = chosenElements(child(child(root, 'p:cSld'), 'p:spTree'));
  const titles = shapes.filter((shape) => isTitle(placeholderOf(shape)));
  const title = titles
    .map((shape) => readTitle(reading, child(shape, 'p:txBody')))
    .find((text) => text.some(isVisible));
  const blocks = readShapes(
    reading,
    design,
    shapes.filter((shape) => !isTitle(placeholderOf(shape))),
  );
  const notesPart = relatedPart(reading.relationships, 'notesSlide');
  return {
    title: title ?? [],
    opens: opens(design.layoutType, titles.some(isCentred)),
    blocks,
    notes: notesPart === undefined ? [] : readNotes(reading, notesPart),
  };
};

const opens = (layoutType: string | undefined, isCentred: boolean): Slide['opens'] => {
  if (layoutType === 'title' || (isCentred && layoutType !== 'secHead')) return 'deck';
  return layoutType === 'secHead' ? 'part' : undefined;
};

const isCentred = (shape: XmlElement): boolean => placeholderOf(shape)?.type === 'ctrTitle';

/** The notes page also shows the slide's picture, its number and a date: only the body is text of its own. */
const readNotes = (reading: PptxReading, part: string): RootContent[] => {
  reading.relationships = reading.office.relationships(part);
  return chosenElements(child(child(reading.office.xml(part), 'p:cSld'), 'p:spTree'))
    .filter((shape) => placeholderOf(shape)?.type === 'body')
    .flatMap((shape) => readTextBody(reading, child(shape, 'p:txBody'), []));
};
