/** The columns of the matrix: which there are, how wide, and which are shown. Widths in rem. */

interface Column {
  width: number;
  /** Takes what the others leave. */
  grows?: true;
  /** Shown, if it says anything, unless the reader chose otherwise; when there is little room, the highest number goes first. */
  rank?: number;
}

export const COLUMNS = {
  id: { width: 5, rank: 0 },
  section: { width: 7, rank: 4 },
  page: { width: 3.5, rank: 2 },
  requirement: { width: 20, grows: true, rank: 0 },
  obligation: { width: 7, rank: 1 },
  actor: { width: 6.5, rank: 6 },
  kind: { width: 7, rank: 7 },
  links: { width: 7.5, rank: 8 },
  verification: { width: 9.25, rank: 3 },
  status: { width: 6.5, rank: 9 },
  document: { width: 11, rank: 5 },
  owner: { width: 7, rank: 10 },
  response: { width: 9, rank: 11 },
  compliance: { width: 7, rank: 12 },
  risk: { width: 6.5 },
  notes: { width: 12, rank: 13 },
} as const satisfies Readonly<Record<string, Column>>;

export type ColumnName = keyof typeof COLUMNS;
export const COLUMN_NAMES = Object.keys(COLUMNS) as ColumnName[];

const columnOf = (name: ColumnName): Column => COLUMNS[name];

/** Without these a row could not be opened or read. */
const isAlways = (name: ColumnName): boolean => columnOf(name).rank === 0;
export const CHOOSABLE_COLUMNS: readonly ColumnName[] = COLUMN_NAMES.filter((name) => !isAlways(name));

const widthOf = (names: readonly ColumnName[]): number => names.reduce((sum, name) => sum + columnOf(name).width, 0);

/**
 * Those for which the room is enough, in their order: the reader's first choice is that nothing has to be scrolled sideways.
 * `empty`: those that say nothing in any row.
 */
export const fittingColumns = (room: number, empty: ReadonlySet<ColumnName>): ColumnName[] => {
  let shown = COLUMN_NAMES.filter((name) => columnOf(name).rank !== undefined && !empty.has(name));
  for (let rank = COLUMN_NAMES.length; rank > 0 && widthOf(shown) > room; rank -= 1) {
    shown = shown.filter((name) => columnOf(name).rank !== rank);
  }
  return shown;
};

/** Shown or hidden; columns keep their order. */
export const toggleColumn = (shown: readonly ColumnName[], name: ColumnName): ColumnName[] =>
  COLUMN_NAMES.filter((each) => isAlways(each) || (each === name ? !shown.includes(each) : shown.includes(each)));

/** For grid-template-columns, and the least width of the whole. */
export const columnTracks = (shown: readonly ColumnName[]): { tracks: string; least: string } => ({
  tracks: shown
    .map((name) => (columnOf(name).grows ? `minmax(${columnOf(name).width}rem, 1fr)` : `${columnOf(name).width}rem`))
    .join(' '),
  least: `${widthOf(shown)}rem`,
});
