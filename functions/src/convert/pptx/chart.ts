/** Charts as the tables they draw, from the values that are saved with them (ECMA-376 part 1, 21.2). */
import type { RootContent, TableRow } from 'mdast';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, descendants, elementsOf, textOf } from '../ooxml/xml.ts';
import { createNumberFormat } from '../xlsx/format-number.ts';

/** Larger ones are data, not something that is read off a slide. */
const MAX_CELLS = 5000;

/** Its title and a table with a column for each series; undefined if nothing is saved, or far too much. */
export const readChart = (part: XmlElement | undefined): RootContent[] | undefined => {
  const chart = child(part, 'c:chart');
  const series = elementsOf(child(chart, 'c:plotArea')).flatMap((plot) => elementsOf(plot, 'c:ser'));
  const labels = new Map<number, string>();
  const columns = series.map((entry) => {
    const categories = readPoints(child(entry, 'c:cat') ?? child(entry, 'c:xVal'));
    for (const [index, label] of categories) if (!labels.has(index)) labels.set(index, label);
    const name = [...readPoints(child(entry, 'c:tx')).values()].join(' ');
    return { name, values: readPoints(child(entry, 'c:val') ?? child(entry, 'c:yVal')) };
  });
  const indexes = [...new Set([...labels.keys(), ...columns.flatMap(({ values }) => [...values.keys()])])];
  if (indexes.length === 0 || columns.length === 0 || indexes.length * (columns.length + 1) > MAX_CELLS)
    return undefined;
  indexes.sort((a, b) => a - b);
  const rows = indexes.map((index) =>
    toRow([labels.get(index) ?? '', ...columns.map(({ values }) => values.get(index) ?? '')]),
  );
  const table: RootContent = { type: 'table', children: [toRow(['', ...columns.map(({ name }) => name)]), ...rows] };
  const title = readTitle(child(chart, 'c:title'));
  if (title === '') return [table];
  const caption: RootContent = { type: 'paragraph', children: [{ type: 'text', value: title }] };
  return [{ ...caption, data: { provenance: { blockKind: 'caption' } } }, table];
};

const toRow = (texts: readonly string[]): TableRow => ({
  type: 'tableRow',
  children: texts.map((value) => ({ type: 'tableCell', children: [{ type: 'text', value }] })),
});

const readTitle = (title: XmlElement | undefined): string =>
  (title ? descendants(title, 'a:t') : []).map(textOf).join('').trim();

/** Saved texts or numbers by their index. Of labels on several levels only the first. */
const readPoints = (parent: XmlElement | undefined): Map<number, string> => {
  const [source] = elementsOf(parent);
  if (source?.name === 'c:v') return new Map([[0, textOf(source)]]);
  const saved = elementsOf(source).find(({ name }) => name.endsWith('Cache')) ?? source;
  const holder = child(saved, 'c:lvl') ?? saved;
  const code = child(holder, 'c:formatCode');
  const format = createNumberFormat(code ? textOf(code) : 'General', false);
  const isText = /^c:str|^c:multi/.test(saved?.name ?? '');
  const points = new Map<number, string>();
  for (const point of elementsOf(holder, 'c:pt')) {
    const value = child(point, 'c:v');
    const index = Number(attribute(point, 'idx'));
    if (!value || !Number.isInteger(index)) continue;
    const number = Number(textOf(value));
    points.set(index, isText || Number.isNaN(number) ? textOf(value) : format.showNumber(number));
  }
  return points;
};
