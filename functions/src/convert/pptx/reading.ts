/** What is carried along while a presentation is read. */
import type { OfficePackage, Relationship } from '../ooxml/package.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { child, elementsOf } from '../ooxml/xml.ts';
import type { RunningText } from '../source-tree.ts';

export interface PptxReading {
  office: OfficePackage;
  /** Of the part that is being read. */
  relationships: ReadonlyMap<string, Relationship>;
  /** English Metric Units; undefined if the presentation does not say. */
  slideSize: { width: number; height: number } | undefined;
  /** List levels of text outside placeholders. */
  defaultTextStyle: XmlElement | undefined;
  /** By position and text. */
  runningLines: Map<string, RunningText>;
  /** Shapes with text that are switched off or lie beside the slide. */
  hiddenShapes: number;
  /** Charts, diagrams and objects that have no text to read. */
  drawingsLeftOut: number;
}

/** Children, where alternatives stand for the first of them that holds anything. */
export const chosenElements = (parent: XmlElement | undefined): XmlElement[] =>
  elementsOf(parent).flatMap((element) => {
    if (element.name !== 'mc:AlternateContent') return [element];
    const choice = elementsOf(element, 'mc:Choice').find((inner) => inner.children.length > 0);
    return chosenElements(choice ?? child(element, 'mc:Fallback'));
  });
