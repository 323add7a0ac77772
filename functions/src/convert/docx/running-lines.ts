/** Page headers and footers of Word documents. */
import type { PhrasingContent } from 'mdast';
import { toCellContent } from '../cell-content.ts';
import { collectRuns, plainText } from '../markdown/inline-runs.ts';
import type { OfficePackage } from '../ooxml/package.ts';
import { elementsOf } from '../ooxml/xml.ts';
import type { RunningText } from '../source-tree.ts';
import type { DocxReading } from './reading.ts';

const POSITIONS: Readonly<Record<string, RunningText['position']>> = { header: 'head', footer: 'foot' };

/** Each line of the headers and footers once, however many sections show it. To be read after the body, whose lists count first. */
export const readRunningLines = (reading: DocxReading, office: OfficePackage): RunningText[] => {
  const outer = reading.relationships;
  const found = new Map<string, RunningText>();
  for (const { type, target, external } of outer.values()) {
    const position = POSITIONS[type];
    if (position === undefined || external) continue;
    reading.relationships = office.relationships(target);
    const content = toCellContent(reading.readBlocks(elementsOf(office.xml(target))));
    for (const line of splitAtBreaks(content)) {
      const text = plainText(collectRuns(line));
      if (text !== '') found.set(`${position} ${text}`, { text, position });
    }
  }
  reading.relationships = outer;
  return [...found.values()];
};

const splitAtBreaks = (content: readonly PhrasingContent[]): PhrasingContent[][] => {
  const lines: PhrasingContent[][] = [[]];
  for (const node of content) {
    if (node.type === 'break') lines.push([]);
    else lines.at(-1)?.push(node);
  }
  return lines;
};
