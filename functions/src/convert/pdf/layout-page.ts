/** From the pieces of a page to blocks: ruled tables first, then columns, then what stands in each. */

import { aroundTables } from './around-tables.ts';
import { findCodeBlocks, pagesWithCode } from './code-blocks.ts';
import { findGutters, type Gutter } from './column-gutters.ts';
import { type Flow, splitColumns } from './columns.ts';
import type { CodeBlock, Column, LayoutBlock, TableBlock } from './layout-model.ts';
import { type LineStep, measureLineSteps } from './line-steps.ts';
import { mergeRules } from './merge-rules.ts';
import { withTitleJoined } from './numbered-titles.ts';
import { medianOf, type PageContent, type Rule, type Segment, unionOf } from './page-model.ts';
import { findParagraphs } from './paragraphs.ts';
import { groupRows, type Row } from './rows.ts';
import { findRuledTables } from './ruled-tables.ts';

import { findAlignedTables } from './tables/aligned-tables.ts';
import { wallsOfBlankBands } from './tables/blank-bands.ts';
import { findClauseTables } from './tables/clause-tables.ts';
import { formBlocks, isForm } from './tables/form-fields.ts';
import { wallsAtJoints } from './tables/jointed-rules.ts';
import { createTaggedTableReader } from './tags/tagged-tables.ts';
import { findUnderlines } from './underlines.ts';

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

interface PageToLayOut extends PageContent {
  mayHaveCode: boolean;
}

interface FlowOnPage {
  page: PageToLayOut;
  kind: Flow['kind'];
  segments: Segment[];
  rows: Row[];
  tables: TableBlock[];
}

/** Code and tables without drawn cells, and the text around them. */
const layoutRows = (
  rows: readonly Row[],
  { rules, pageNumber, mayHaveCode }: PageToLayOut,
  column: Column,
  usualStep: LineStep,
): LayoutBlock[] => {
  const byFont = mayHaveCode ? findCodeBlocks(rows, column, pageNumber, usualStep) : [[...rows]];
  return byFont
    .flatMap((part): (Row[] | TableBlock | CodeBlock)[] =>
      Array.isArray(part) ? findClauseTables(part, pageNumber, usualStep) : [part],
    )
    .flatMap((part): LayoutBlock[] => {
      if (!Array.isArray(part)) return [part];
      return findAlignedTables(part, rules, pageNumber, usualStep).flatMap((group): LayoutBlock[] =>
        'table' in group ? [group.table] : findParagraphs(group.rows, column, pageNumber, usualStep),
      );
    });
};

/** `frame` is the usual width of such a flow in the document: a page with little on it is measured by the others. */
const layoutFlow = (
  { page, segments, rows, tables }: FlowOnPage,
  frame: Column,
  usualStep: LineStep,
): LayoutBlock[] => {
  const box = unionOf([...segments, ...tables.map((table) => table.box)]);
  const column = { x0: Math.min(box.x0, frame.x0), x1: Math.max(box.x1, frame.x1), shift: frame.shift };
  const blocks = aroundTables(rows, tables).flatMap((part): LayoutBlock[] => {
    if (!Array.isArray(part)) return isForm(part) ? formBlocks(part, column) : [part];
    return layoutRows(part, page, column, usualStep);
  });
  return withGaps(blocks.map((block) => shifted(block, column.shift)));
};

interface Prepared {
  page: PageToLayOut;
  tables: TableBlock[];
  /** Upright text outside of ruled tables. */
  rest: Segment[];
}

const flowsOf = ({ page, tables, rest }: Prepared, gutters: readonly Gutter[]): FlowOnPage[] =>
  splitColumns(rest, tables, gutters).map((flow) => ({
    page,
    ...flow,
    rows: groupRows(flow.segments).map(withTitleJoined),
  }));

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
    const left = typeof flow.kind === 'number' && flow.kind > 0 ? edges.get(keyOf({ ...flow, kind: 0 })) : undefined;
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

/** Of tables whose blank cells only their rules tell. */
const wallsOfBlankCells = ({ segments, rules }: PageContent): Rule[] => {
  const walls = wallsAtJoints(segments, rules);
  return walls.length > 0 ? walls : wallsOfBlankBands(segments, rules);
};

/** The blocks of all pages, their running lines gone, in reading order: a list for each flow, so that what its end parts can be joined. */
export const layoutPages = (contents: readonly PageContent[]): LayoutBlock[][] => {
  const withCode = pagesWithCode(contents);
  const pages = contents.map((page): PageToLayOut => {
    const { segments, rules } = findUnderlines(page.segments, mergeRules(page.rules));
    const mayHaveCode = withCode.has(page.pageNumber);
    return { ...page, segments, rules: [...rules, ...wallsOfBlankCells(page)], mayHaveCode };
  });
  const taggedTables = createTaggedTableReader();
  const prepared = pages.map((page): Prepared => {
    const upright = page.segments.filter(({ rotated }) => !rotated);
    const drawn = (segments: readonly Segment[]) => findRuledTables(segments, page.rules, page.pageNumber);
    const tagged = taggedTables.read(upright, page.pageNumber, () => drawn(upright).tables);
    const { tables, rest } = drawn(tagged.rest);
    return { page, tables: [...tagged.tables, ...tables], rest };
  });
  const gutters = findGutters(prepared.map(({ page, rest }) => ({ segments: rest, rules: page.rules })));
  const flowsByPage = prepared.map((one, index) => flowsOf(one, gutters[index] ?? []));
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
