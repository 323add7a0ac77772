/** Blocks of raw HTML inside Markdown: cells of tables, and pieces of text between block tags. Nothing shown is left out. */
import type { DraftBlock } from './block-ledger.ts';
import { draftBlock } from './block-ledger.ts';
import type { HtmlTag } from './html-text.ts';
import { htmlTags, isInlineTag, spanOf, visibleText } from './html-text.ts';

interface OpenTable {
  table: DraftBlock;
  row: DraftBlock | undefined;
}

/**
 * Reads the HTML nodes of one container in order. An empty line ends an HTML node in the middle of a table, so
 * what is open is remembered from one to the next.
 */
export class HtmlBlockReader {
  readonly #drafts: DraftBlock[];
  readonly #parent: DraftBlock | undefined;
  readonly #open: OpenTable[] = [];
  /** The leaf that text now goes to, its start not yet trimmed. */
  #leaf: DraftBlock | undefined;

  constructor(drafts: DraftBlock[], parent: DraftBlock | undefined) {
    this.#drafts = drafts;
    this.#parent = parent;
  }

  /** `source`: the node's own slice of the Markdown, which begins at `offset`. */
  read(source: string, offset: number): void {
    let at = 0;
    for (const tag of htmlTags(source)) {
      this.#text(source, at, tag.start, offset);
      if (isInlineTag(tag.name)) this.#hold(tag, offset);
      else this.#tag(tag, source, offset);
      at = tag.end;
    }
    this.#text(source, at, source.length, offset);
    this.#endLeaf(source, offset, source.length);
    for (const { table, row } of this.#open) {
      table.charEnd = offset + source.length;
      if (row) row.charEnd = offset + source.length;
    }
  }

  #text(source: string, from: number, to: number, offset: number): void {
    if (source.slice(from, to).trim() === '') return;
    this.#leaf ??= this.#start('paragraph', offset + from);
    this.#leaf.charEnd = offset + to;
  }

  /** Inline tags belong to the leaf around them, if there is one. */
  #hold(tag: HtmlTag, offset: number): void {
    if (this.#leaf && tag.name !== '') this.#leaf.charEnd = offset + tag.end;
  }

  #start(kind: DraftBlock['kind'], charStart: number): DraftBlock {
    const open = this.#open.at(-1);
    return draftBlock({ kind, parent: open?.row ?? open?.table ?? this.#parent }, charStart);
  }

  #tag(tag: HtmlTag, source: string, offset: number): void {
    const isCell = tag.name === 'td' || tag.name === 'th';
    const inCell = this.#leaf?.kind === 'table_cell';
    if (inCell && !/^(?:table|tr|td|th|thead|tbody|tfoot)$/.test(tag.name)) return;
    this.#endLeaf(source, offset, tag.start);
    const open = this.#open.at(-1);
    if (tag.closes) {
      if (tag.name === 'tr' && open?.row) this.#endRow(open, offset + tag.end);
      if (tag.name === 'table' && open) {
        if (open.row) this.#endRow(open, offset + tag.start);
        open.table.charEnd = offset + tag.end;
        this.#open.pop();
      }
      return;
    }
    if (tag.name === 'table') this.#openTable(offset + tag.start);
    else if (tag.name === 'tr') this.#openRow(offset + tag.start);
    else if (isCell) this.#openCell(tag, offset);
    else if (/^h[1-6]$/.test(tag.name)) {
      this.#leaf = { ...this.#start('heading', offset + tag.end), depth: Number(tag.name[1]) };
    } else if (tag.name === 'li') this.#leaf = { ...this.#start('list_item', offset + tag.end), depth: 1 };
    else if (tag.name === 'caption') this.#leaf = this.#start('caption', offset + tag.end);
  }

  #openTable(at: number): OpenTable {
    const open: OpenTable = { table: this.#start('table', at), row: undefined };
    this.#open.push(open);
    this.#drafts.push(open.table);
    return open;
  }

  #openRow(at: number): DraftBlock {
    const open = this.#open.at(-1) ?? this.#openTable(at);
    if (open.row) this.#endRow(open, at);
    const row = draftBlock({ kind: 'table_row', parent: open.table }, at);
    open.row = row;
    this.#drafts.push(row);
    return row;
  }

  #endRow(open: OpenTable, at: number): void {
    if (open.row) open.row.charEnd = at;
    open.row = undefined;
  }

  #openCell(tag: HtmlTag, offset: number): void {
    const row = this.#open.at(-1)?.row ?? this.#openRow(offset + tag.start);
    const provenance = { rowSpan: spanOf(tag.attributes, 'rowspan'), columnSpan: spanOf(tag.attributes, 'colspan') };
    const isHeader = tag.name === 'th';
    this.#leaf = draftBlock({ kind: 'table_cell', parent: row, provenance, isHeader }, offset + tag.end);
  }

  /** Trims the leaf to its text and keeps it, if there is any; a cell counts even when it is empty. */
  #endLeaf(source: string, offset: number, end: number): void {
    const leaf = this.#leaf;
    this.#leaf = undefined;
    if (leaf?.charStart == null) return;
    const from = Math.max(0, leaf.charStart - offset);
    const raw = source.slice(from, leaf.kind === 'table_cell' ? end : (leaf.charEnd ?? offset) - offset);
    const text = visibleText(raw.replace(/\n[ \t>]*/g, '\n'));
    if (text === '' && leaf.kind !== 'table_cell') return;
    leaf.charStart = offset + from + (raw.trim() === '' ? 0 : raw.length - raw.trimStart().length);
    leaf.charEnd = leaf.charStart + raw.trim().length;
    leaf.text = text;
    this.#drafts.push(leaf);
  }
}
