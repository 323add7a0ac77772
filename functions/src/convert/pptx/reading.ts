/** What is carried along while a presentation is read. */
import type { UnseenReason } from '../../contracts/document.ts';
import type { OfficePackage, Relationship } from '../ooxml/package.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { child, descendants, elementsOf, textOf } from '../ooxml/xml.ts';
import type { RunningText } from '../source-tree.ts';
import type { UnseenLog } from '../unseen-characters.ts';

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
  /** What stands on hidden slides and shapes. */
  unseen: UnseenLog;
  /** Charts, diagrams and objects that have no text to read. */
  drawingsLeftOut: number;
}

/** Whether there is any text in it; if so, it is told. */
export const addUnseen = ({ unseen }: PptxReading, element: XmlElement, reason: UnseenReason): boolean => {
  const words = descendants(element, 'a:t').map(textOf).join(' ').trim();
  if (words !== '') unseen.add(reason, undefined, [...words].length, `${words} `);
  return words !== '';
};

/** Children, where alternatives stand for the first of them that holds anything. */
export const chosenElements = (parent: XmlElement | undefined): XmlElement[] =>
  elementsOf(parent).flatMap((element) => {
    if (element.name !== 'mc:AlternateContent') return [element];
    const choice = elementsOf(element, 'mc:Choice').find((inner) => inner.children.length > 0);
    return chosenElements(choice ?? child(element, 'mc:Fallback'));
  });
