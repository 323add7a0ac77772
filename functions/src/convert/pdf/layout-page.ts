/** From the pieces of a page to blocks: ruled tables first, then columns, then what stands in each. */
import { findAlignedTables } from './aligned-tables.ts';
import { type Flow, findGutters, type Gutter, splitColumns } from './columns.ts';
import type { Column, LayoutBlock, TableBlock } from './layout-model.ts';
import { type LineStep, measureLineSteps } from './line-steps.ts';
import { mergeRules } from './merge-rules.ts';
import { medianOf, type PageContent, type Segment, unionOf } from './page-model.ts';
import { findParagraphs } from './paragraphs.ts';
import { groupRows, type Row } from './rows.ts';
import { findRuledTables } from './ruled-tables.ts';

/** Rows above, between and below the ruled tables of a column. */
const around = (rows: readonly Row[], tables: readonly TableBlock[]): (Row[] | TableBlock)[] => {
  const parts: (Row[] | TableBlock)[] = [];
  let rest = [...rows];
  for (const table of tables.toSorted((a, b) => a.box.top - b.box.top)) {
    const above = rest.filter((row) => (row[0]?.baseline ?? 0) < table.box.top + 2);
    rest = rest.filter((row) => !above.includes(row));
    if (above.length > 0) parts.push(above);
    parts.push(table);
  }
  if (rest.length > 0) parts.push(rest);
  return parts;
};

const withGaps = (blocks: LayoutBlock[]): LayoutBlock[] =>
  blocks.map((block, index) => {
    if (block.kind !== 'text') return block;
    const [above, below] = [blocks[index - 1], blocks[index + 1]];
    return {
      ...block,
      ...(above ? { gapAbove: block.box.top - above.box.bottom } : {}),
      ...(below ? { gapBelow: below.box.top - block.box.bottom } : {}),
    };
  });

const shifted = (block: LayoutBlock, shift: number): LayoutBlock =>
  block.kind === 'table' ? { ...block, columnStarts: block.columnStarts.map((x) => x - shift) } : block;

interface FlowOnPage {
  page: PageContent;
  kind: Flow['kind'];
  segments: Segment[];
  rows: Row[];
  tables: TableBlock[];
}

/** `frame` is the usual width of such a flow in the document: a page with little on it is measured by the others. */
const layoutFlow = (
  { page, segments, rows, tables }: FlowOnPage,
  frame: Column,
  usualStep: LineStep,
): LayoutBlock[] => {
  const box = unionOf([...segments, ...tables.map((table) => table.box)]);
  const column = { x0: Math.min(box.x0, frame.x0), x1: Math.max(box.x1, frame.x1), shift: frame.shift };
  const blocks = around(rows, tables).flatMap((part): LayoutBlock[] => {
    if (!Array.isArray(part)) return [part];
    return findAlignedTables(part, page.rules, page.pageNumber, usualStep).flatMap((group): LayoutBlock[] =>
      'table' in group ? [group.table] : findParagraphs(group.rows, column, page.pageNumber, usualStep),
    );
  });
  return withGaps(blocks.map((block) => shifted(block, column.shift)));
};

/** A ruled table is read where it stands: with the flow that it is inside of, else with the last. */
const homeOf = (table: TableBlock, flows: readonly Flow[]): number => {
  const middle = (table.box.x0 + table.box.x1) / 2;
  const inside = flows.findIndex(({ segments }) => {
    const box = unionOf(segments);
    return middle >= box.x0 && middle <= box.x1 && table.box.bottom <= box.bottom + 2;
  });
  return inside >= 0 ? inside : flows.length - 1;
};

interface Prepared {
  page: PageContent;
  tables: TableBlock[];
  /** Upright text outside of ruled tables. */
  rest: Segment[];
}

const flowsOf = ({ page, tables, rest }: Prepared, gutter: Gutter | undefined): FlowOnPage[] => {
  const flows = splitColumns(rest, gutter);
  if (flows.length === 0 && tables.length > 0) flows.push({ kind: 'whole', segments: [] });
  const homes = tables.map((table) => (flows.length === 1 ? 0 : homeOf(table, flows)));
  return flows.map(({ kind, segments }, index) => ({
    page,
    kind,
    segments,
    rows: groupRows(segments),
    tables: tables.filter((_, at) => homes[at] === index),
  }));
};

/** The usual edges of each kind of flow, for pages of each width. */
const framesOf = (flows: readonly FlowOnPage[]): ((flow: FlowOnPage) => Column) => {
  const keyOf = ({ page, kind }: FlowOnPage): string => `${Math.round(page.width)} ${kind}`;
  const edges = new Map<string, { x0: number[]; x1: number[] }>();
  for (const flow of flows) {
    const box = unionOf([...flow.segments, ...flow.tables.map((table) => table.box)]);
    const known = edges.get(keyOf(flow)) ?? { x0: [], x1: [] };
    known.x0.push(box.x0);
    known.x1.push(box.x1);
    edges.set(keyOf(flow), known);
  }
  return (flow) => {
    const { x0 = [], x1 = [] } = edges.get(keyOf(flow)) ?? {};
    const left = flow.kind === 'right' ? edges.get(keyOf({ ...flow, kind: 'left' })) : undefined;
    return { x0: medianOf(x0), x1: medianOf(x1), shift: left ? Math.min(...x0) - Math.min(...left.x0) : 0 };
  };
};

/** Text that runs up or down the page is read last. */
const turnedText = (page: PageContent): LayoutBlock[] =>
  page.segments
    .filter(({ rotated }) => rotated)
    .map((segment): LayoutBlock => {
      const { rotated: _rotated, ...line } = segment;
      const column = { x0: segment.x0, x1: segment.x1, shift: 0 };
      return { kind: 'text', pageNumber: page.pageNumber, box: unionOf([segment]), lines: [line], column };
    });

const usualForSize: LineStep = (size) => size * 1.2;

/** The blocks of all pages, their running lines gone, in reading order: a list for each flow, so that what its end parts can be joined. */
export const layoutPages = (contents: readonly PageContent[]): LayoutBlock[][] => {
  const pages = contents.map((page) => ({ ...page, rules: mergeRules(page.rules) }));
  const prepared = pages.map((page): Prepared => {
    const upright = page.segments.filter(({ rotated }) => !rotated);
    return { page, ...findRuledTables(upright, page.rules, page.pageNumber) };
  });
  const gutters = findGutters(prepared.map(({ page, rest }) => ({ segments: rest, rules: page.rules })));
  const flowsByPage = prepared.map((one, index) => flowsOf(one, gutters[index]));
  const allFlows = flowsByPage.flat();
  const frameOf = framesOf(allFlows);
  const lineSteps = measureLineSteps(allFlows.map(({ rows }) => rows));
  const stepOf = new Map(allFlows.map((flow, index) => [flow, lineSteps[index]]));
  return flowsByPage
    .flatMap((flows, index) => {
      const page = pages[index];
      return [
        ...flows.map((flow) => layoutFlow(flow, frameOf(flow), stepOf.get(flow) ?? usualForSize)),
        page ? turnedText(page) : [],
      ];
    })
    .filter((blocks) => blocks.length > 0);
};
