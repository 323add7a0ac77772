/** Page headers and footers: they stand in the master pages (OpenDocument 1.3 part 3, 16.10). */
import { attribute, child, elementsOf } from '../ooxml/xml.ts';
import type { RunningText } from '../source-tree.ts';
import { runningLines } from '../word-text/running-lines.ts';
import type { OdfPackage } from './open-package.ts';
import type { OdfReading } from './reading.ts';

/** To be read after the body, whose lists count first. `isUsed`: by the name of the master page. */
export const readRunningLines = (
  reading: OdfReading,
  { styles }: OdfPackage,
  isUsed: (name: string | undefined) => boolean = () => true,
): RunningText[] => {
  const parts = elementsOf(child(styles, 'office:master-styles'), 'style:master-page')
    .filter((page) => isUsed(attribute(page, 'name')))
    .flatMap((page) => elementsOf(page))
    .filter(({ name }) => /^style:(?:header|footer)(?:-left|-first)?$/.test(name))
    .filter((part) => attribute(part, 'display') !== 'false')
    .map((part) => ({
      blocks: reading.readBlocks(elementsOf(part)),
      position: part.name.startsWith('style:header') ? ('head' as const) : ('foot' as const),
    }));
  return runningLines(parts);
};
