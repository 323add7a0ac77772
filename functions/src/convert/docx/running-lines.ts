/** Page headers and footers of Word documents. */
import type { OfficePackage } from '../ooxml/package.ts';
import { elementsOf } from '../ooxml/xml.ts';
import type { RunningText } from '../source-tree.ts';
import { runningLines } from '../word-text/running-lines.ts';
import type { DocxReading } from './reading.ts';

const POSITIONS: Readonly<Record<string, RunningText['position']>> = { header: 'head', footer: 'foot' };

/** Each line of the headers and footers once, however many sections show it. To be read after the body, whose lists count first. */
export const readRunningLines = (reading: DocxReading, office: OfficePackage): RunningText[] => {
  const outer = reading.relationships;
  const parts = [...outer.values()].flatMap(({ type, target, external }) => {
    const position = POSITIONS[type];
    if (position === undefined || external) return [];
    reading.relationships = office.relationships(target);
    return [{ position, blocks: reading.readBlocks(elementsOf(office.xml(target))) }];
  });
  reading.relationships = outer;
  return runningLines(parts);
};
