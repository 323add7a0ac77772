/** Word's text before XML, in RTF and in the binary format alike: a stream of paragraphs, of which some end a cell or a row. */
import type { RootContent } from 'mdast';
import type { WordParagraph } from './block-writer.ts';
import { BlockWriter } from './block-writer.ts';
import type { CellShape, RowShape, WordRow } from './build-table.ts';
import { buildTable } from './build-table.ts';

/** Tables in tables; deeper ones are read as if they stood at this depth. */
const MAX_DEPTH = 8;

interface OpenTable {
  rows: WordRow[];
  /** Of the row that is being read. */
  cells: RootContent[][];
  writer: BlockWriter;
}

export class ParagraphFlow {
  readonly #body = new BlockWriter();
  readonly #tables: OpenTable[] = [];

  /** `depth`: 0 outside tables, 1 in a table, 2 in a table in a table. */
  paragraph(paragraph: WordParagraph, depth: number): void {
    this.#toDepth(depth);
    this.#writer.add(paragraph);
  }

  push(blocks: readonly RootContent[]): void {
    this.#writer.push(blocks);
  }

  endCell(depth: number): void {
    this.#toDepth(Math.max(1, depth));
    const table = this.#tables.at(-1);
    if (!table) return;
    table.cells.push(table.writer.blocks);
    table.writer = new BlockWriter();
  }

  /** The row whose cells have just ended. Cells without a shape are as wide as any; without text too they are none. */
  endRow(depth: number, shape: RowShape): void {
    this.#toDepth(Math.max(1, depth));
    const table = this.#tables.at(-1);
    if (!table) return;
    if (table.writer.blocks.length > 0) this.endCell(depth);
    const reached = shape.cells.at(-1)?.right ?? shape.left;
    while (table.cells.length > shape.cells.length && shape.cells.length > 0 && table.cells.at(-1)?.length === 0) {
      table.cells.pop();
    }
    const cells = table.cells.map((blocks, index) => ({
      blocks,
      ...(shape.cells[index] ?? unshaped(reached, index - shape.cells.length + 1)),
    }));
    if (cells.length > 0) table.rows.push({ ...shape, cells });
    table.cells = [];
  }

  /** All blocks; nothing may be added after. */
  end(): RootContent[] {
    this.#toDepth(0);
    return this.#body.blocks;
  }

  get #writer(): BlockWriter {
    return this.#tables.at(-1)?.writer ?? this.#body;
  }

  #toDepth(depth: number): void {
    const wanted = Math.min(depth, MAX_DEPTH);
    while (this.#tables.length > wanted) {
      const table = this.#tables.pop();
      if (!table) return;
      // A row without its end has no shape, but its text stays.
      const rest = [...table.cells.flat(), ...table.writer.blocks];
      this.#writer.push([...buildTable(table.rows), ...rest]);
    }
    while (this.#tables.length < wanted) this.#tables.push({ rows: [], cells: [], writer: new BlockWriter() });
  }
}

const UNSHAPED_WIDTH = 1440;
const unshaped = (reached: number, place: number): CellShape => ({ right: reached + place * UNSHAPED_WIDTH });
