/** The cells of a table without drawn cells, from the lines of each row: which of its columns and rows each takes. */
import { cellParagraphs } from '../cell-text.ts';
import type { TableCell } from '../layout-model.ts';
import { readMarker } from '../markers.ts';
import { type Rule, type Segment, unionOf } from '../page-model.ts';
import type { Row } from '../rows.ts';
import { coversWidth, type Interval, rulesBetween } from './rule-edges.ts';
import { placeOf } from './table-columns.ts';

/** What one or more columns of a row hold. */
interface Slot {
  from: number;
  to: number;
  segments: Segment[];
  rowSpan: number;
  /** A cell above reaches down over this one. */
  covered: boolean;
}

/** In points: how far a title's middle may be off that of the columns it stands over. */
const OFF_CENTRE_PT = 6;

const textOf = (slot: Slot | undefined): boolean => slot !== undefined && slot.segments.length > 0;

/** Each piece in its column; one that runs over several takes them all, up to the next that is filled. */
const slotsOf = (lines: readonly Row[], columns: readonly Interval[]): Slot[] => {
  const placed = lines.flat().map((segment) => ({ segment, ...placeOf(segment, columns) }));
  const starts = [...new Set(placed.map(({ from }) => from))].toSorted((a, b) => a - b);
  const widths = new Map<number, number>();
  for (const { from, to } of placed) widths.set(from, Math.max(widths.get(from) ?? from, to));
  const slots: Slot[] = [];
  for (let column = 0; column < columns.length; ) {
    const next = starts.find((start) => start > column) ?? columns.length;
    const end = (widths.get(column) ?? column) > column ? next - 1 : column;
    const segments = placed.filter(({ from }) => from >= column && from <= end).map(({ segment }) => segment);
    slots.push({ from: column, to: end, segments, rowSpan: 1, covered: false });
    column = end + 1;
  }
  return slots;
};

/** Over a head with titles: an empty place beside a title belongs to it when there is a name below, up to where the title stands in the middle. */
const widenTitles = (titles: Slot[], names: readonly Slot[], columns: readonly Interval[]): Slot[] => {
  const isNamed = (column: number): boolean => names.some((slot) => slot.from === column && textOf(slot));
  const isFree = (column: number): boolean =>
    titles.some((slot) => slot.from <= column && slot.to >= column && !textOf(slot)) && isNamed(column);
  const taken = new Set<number>();
  const widened = titles.filter(textOf).map((slot): Slot => {
    if (!isNamed(slot.from)) return slot;
    const box = unionOf(slot.segments);
    let { from, to } = slot;
    const column = (at: number): Interval => {
      const name = names.find((other) => other.from === at && textOf(other));
      return name ? unionOf(name.segments) : (columns[at] ?? { x0: 0, x1: 0 });
    };
    const isFlush = Math.abs(column(from).x0 - box.x0) < OFF_CENTRE_PT;
    const offBy = (a: number, b: number): number => Math.abs((column(a).x0 + column(b).x1 - box.x0 - box.x1) / 2);
    while (isFree(to + 1) && (isFlush || offBy(from, to + 1) < offBy(from, to))) to += 1;
    while (!isFlush && isFree(from - 1) && !taken.has(from - 1) && offBy(from - 1, to) < offBy(from, to)) from -= 1;
    for (let at = from; at <= to; at++) taken.add(at);
    return { ...slot, from, to };
  });
  const rest = titles.filter((slot) => !textOf(slot) && !taken.has(slot.from));
  return [...widened, ...rest].toSorted((a, b) => a.from - b.from);
};

/** A cell that is empty in one of two head rows is a part of the one above or below it. */
const deepenNames = (titles: readonly Slot[], names: readonly Slot[]): void => {
  for (const slot of titles) {
    const below = names.filter((other) => other.from >= slot.from && other.to <= slot.to);
    const [name] = below;
    if (!name || slot.from !== slot.to || below.length !== 1 || textOf(slot) === textOf(name)) continue;
    if (!textOf(slot)) slot.segments = name.segments;
    slot.rowSpan = 2;
    name.covered = true;
  }
};

/** Lets the cell that reaches down to the row above this empty one take it too. */
const reachDown = (rows: readonly Slot[][], index: number, slot: Slot): void => {
  for (let up = index - 1; up >= 0; up--) {
    const owner = rows[up]?.find(({ from, to }) => from === slot.from && to === slot.to);
    if (owner?.covered) continue;
    if (owner && textOf(owner) && owner.rowSpan === index - up) {
      owner.rowSpan += 1;
      slot.covered = true;
    }
    return;
  }
};

/** A rule that stops short of an empty cell leaves it to the cell above. */
const deepenOpenCells = (
  rows: readonly Slot[][],
  lines: readonly Row[][],
  rules: readonly Rule[],
  columns: readonly Interval[],
): void => {
  rows.forEach((slots, index) => {
    const [above, below] = [lines[index - 1]?.at(-1)?.[0], lines[index]?.[0]?.[0]];
    if (!above || !below) return;
    const dividers = rulesBetween(rules, above.baseline - 1, below.baseline - 0.2 * below.size);
    if (dividers.length === 0) return;
    for (const slot of slots) {
      const extent = { x0: columns[slot.from]?.x0 ?? 0, x1: columns[slot.to]?.x1 ?? 0 };
      if (!textOf(slot) && !slot.covered && !coversWidth(dividers, extent)) reachDown(rows, index, slot);
    }
  });
};

/** A line in bold alone in a row is a title over the rows that follow. */
const isSectionTitle = (slots: readonly Slot[]): boolean => {
  const [first, ...others] = slots;
  return first !== undefined && textOf(first) && first.segments.every(({ bold }) => bold) && !others.some(textOf);
};

/** Rows with nothing but a name are alike: where some are seen to run over all columns, the short ones do too. Not where rows are blank at their end. */
const widenSections = (rows: Slot[][], columnCount: number): void => {
  const [, ...body] = rows;
  const lone = body.filter((row) => textOf(row[0]) && !row.slice(1).some(textOf));
  const wide = lone.filter(([name]) => name?.from === 0 && name.to === columnCount - 1);
  const isFilled = (row: Slot[]): boolean => lone.includes(row) || textOf(row.at(-1));
  if (wide.length === 0 || !body.every(isFilled)) return;
  const looks = new Set(wide.map(lookOf));
  for (const row of lone)
    if (looks.has(lookOf(row)) && row[0]) row.splice(0, row.length, { ...row[0], to: columnCount - 1 });
};

const lookOf = ([name]: readonly Slot[]): string => {
  const [first] = name?.segments ?? [];
  if (!first) return '';
  const marker = readMarker(`${first.text} `);
  return `${Math.round(first.x0)} ${first.bold} ${first.italic} ${marker !== undefined}`;
};

/** A name alone in the last row, over several columns, leaves its place in the last one where that is blank in all rows, to be filled in. */
const leaveLastBlank = (rows: readonly Slot[][], columnCount: number): void => {
  const [head, ...body] = rows;
  const last = body.at(-1);
  const [name, ...others] = last ?? [];
  if (!last || !name || others.length > 0 || name.from === name.to || !textOf(head?.at(-1))) return;
  const isBlank = body.slice(0, -1).every((row) => row.at(-1)?.from === columnCount - 1 && !textOf(row.at(-1)));
  if (!isBlank || columnCount < 3) return;
  name.to = columnCount - 2;
  last.push({ from: columnCount - 1, to: columnCount - 1, segments: [], rowSpan: 1, covered: false });
};

export interface PlacedRows {
  /** For each row its cells, left to right; only those that begin in it. */
  rows: TableCell[][];
  /** Rows of titles over several columns, with the names below them, that the table begins with; 0 when there are none. */
  titledRows: number;
}

/** `lines`: those of each row; `isHead` says which rows are above the first rule or in bold. */
export const placeCells = (
  lines: readonly Row[][],
  columns: readonly Interval[],
  rules: readonly Rule[],
): PlacedRows => {
  let slots = lines.map((row) => slotsOf(row, columns));
  const [titles, names] = slots;
  const isTitled = titles !== undefined && names !== undefined && slots.length > 2 && isTitleRow(titles, names);
  if (isTitled) {
    const widened = widenTitles(titles, names, columns);
    deepenNames(widened, names);
    slots = [widened, ...slots.slice(1)];
  }
  const boldRows = slots.filter(
    ([first]) => first !== undefined && textOf(first) && first.segments.every(({ bold }) => bold),
  );
  if (columns.length > 2 && boldRows.length <= slots.length / 2)
    slots = slots.map((row, index) =>
      index > 0 && isSectionTitle(row) && row[0] ? [{ ...row[0], to: columns.length - 1 }] : row,
    );
  widenSections(slots, columns.length);
  deepenOpenCells(slots, lines, rules, columns);
  leaveLastBlank(slots, columns.length);
  return {
    titledRows: isTitled ? 2 : 0,
    rows: slots.map((row, index) =>
      row.filter(({ covered }) => !covered).map((slot) => cellOf(slot, lines[index] ?? [], columns)),
    ),
  };
};

/** One of its pieces stands over two names or more, or it leaves a place empty that is named below and the first place below is empty. */
const isTitleRow = (titles: readonly Slot[], names: readonly Slot[]): boolean => {
  const isNamed = (slot: Slot): boolean =>
    names.filter((name) => name.from >= slot.from && name.to <= slot.to && textOf(name)).length >= 2;
  if (titles.length > 1 && titles.some((slot) => textOf(slot) && slot.to > slot.from && isNamed(slot))) return true;
  const leavesOpen = titles.some(
    (slot) => !textOf(slot) && names.some((name) => name.from === slot.from && textOf(name)),
  );
  return leavesOpen && textOf(titles[0]) && !textOf(names[0]) && names.filter(textOf).length >= 2;
};

const cellOf = (
  { from, to, segments, rowSpan }: Slot,
  lines: readonly Row[],
  columns: readonly Interval[],
): TableCell => {
  const width = { x0: columns[from]?.x0 ?? 0, x1: columns[to]?.x1 ?? 0 };
  const box = segments.length > 0 ? unionOf(segments) : { ...unionOf(lines.flat()), ...width };
  return { box, paragraphs: cellParagraphs(segments), rowSpan, columnSpan: to - from + 1 };
};
