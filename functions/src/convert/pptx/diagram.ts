/** SmartArt as the nested list that it is drawn from (ECMA-376 part 1, 21.4.3). */
import type { List, ListItem, RootContent } from 'mdast';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, elementsOf } from '../ooxml/xml.ts';
import type { PptxReading } from './reading.ts';
import { readTextBody } from './text-body.ts';

const MAX_DEPTH = 20;

export const readDiagram = (reading: PptxReading, part: XmlElement | undefined): RootContent[] => {
  const points = new Map(
    elementsOf(child(part, 'dgm:ptLst'), 'dgm:pt').map((point) => [attribute(point, 'modelId') ?? '', point]),
  );
  const below = new Map<string, { id: string; order: number }[]>();
  for (const link of elementsOf(child(part, 'dgm:cxnLst'), 'dgm:cxn')) {
    if ((attribute(link, 'type') ?? 'parOf') !== 'parOf') continue;
    const source = attribute(link, 'srcId') ?? '';
    const entry = { id: attribute(link, 'destId') ?? '', order: Number(attribute(link, 'srcOrd') ?? 0) };
    const entries = below.get(source) ?? [];
    entries.push(entry);
    below.set(source, entries);
  }
  const seen = new Set<string>();
  const read = (id: string, depth: number): ListItem[] => {
    if (seen.has(id) || depth > MAX_DEPTH) return [];
    seen.add(id);
    const inner = (below.get(id) ?? []).sort((a, b) => a.order - b.order).flatMap((entry) => read(entry.id, depth + 1));
    const own = readTextBody(reading, child(points.get(id), 'dgm:t'), []);
    if (own.length === 0) return inner;
    const children = [...own, ...(inner.length > 0 ? [listOf(inner)] : [])];
    return [{ type: 'listItem', spread: false, children: children as ListItem['children'] }];
  };
  const roots = [...points].filter(([, point]) => attribute(point, 'type') === 'doc');
  const items = roots.flatMap(([id]) => read(id, 0));
  return items.length > 0 ? [listOf(items)] : [];
};

const listOf = (children: ListItem[]): List => ({ type: 'list', ordered: false, spread: false, children });
