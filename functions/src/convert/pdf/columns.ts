/** Reading order: a page set in columns is read one column after the other; what runs across them parts them into bands. */
import { columnAt, type Gutter } from './column-gutters.ts';
import type { TableBlock } from './layout-model.ts';
import type { Segment } from './page-model.ts';

/** What is read in one go: a whole page, a column, or what runs across columns. */
export interface Flow {
  /** Index of the column, from the left. */
  kind: 'whole' | 'across' | number;
  segments: Segment[];
  tables: TableBlock[];
}

type Piece = { segment: Segment } | { table: TableBlock };

const placeOf = (piece: Piece): { x0: number; x1: number; y: number } => {
  if ('table' in piece) return { x0: piece.table.box.x0, x1: piece.table.box.x1, y: piece.table.box.top };
  return { x0: piece.segment.x0, x1: piece.segment.x1, y: piece.segment.baseline };
};

const flowOf = (kind: Flow['kind'], pieces: readonly Piece[]): Flow => ({
  kind,
  segments: pieces.flatMap((piece) => ('segment' in piece ? [piece.segment] : [])),
  tables: pieces.flatMap((piece) => ('table' in piece ? [piece.table] : [])),
});

/** In the order in which they are read; without gutters the page is one flow. */
export const splitColumns = (
  segments: readonly Segment[],
  tables: readonly TableBlock[],
  gutters: readonly Gutter[],
): Flow[] => {
  if (segments.length + tables.length === 0) return [];
  const pieces: Piece[] = [...segments.map((segment) => ({ segment })), ...tables.map((table) => ({ table }))];
  if (gutters.length === 0) return [flowOf('whole', pieces)];
  const flows: Flow[] = [];
  let across: Piece[] = [];
  let band: Piece[][] = gutters.map(() => []);
  const flush = (): void => {
    flows.push(flowOf('across', across), ...band.map((column, index) => flowOf(index, column)));
    across = [];
    band = [[], ...gutters.map(() => [])];
  };
  band.push([]);
  const places = pieces.map((piece) => ({ piece, ...placeOf(piece) }));
  for (const { piece, ...place } of places.toSorted((a, b) => a.y - b.y || a.x0 - b.x0)) {
    const column = columnAt(place, gutters);
    if (column !== undefined) band[column]?.push(piece);
    else {
      if (band.some(({ length }) => length > 0)) flush();
      across.push(piece);
    }
  }
  flush();
  return flows.filter((flow) => flow.segments.length + flow.tables.length > 0);
};
