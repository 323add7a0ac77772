/** A valid Document from a short list of blocks, for tests of what comes after conversion. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Block, BlockKind, Document } from '../../functions/src/contracts/document.ts';
import { NOTHING_LOST } from './clean-quality.ts';

/** A paragraph, or a heading when it starts with "# ", or a list item when it starts with "- " (two blanks more per depth). */
export type BlockSpec =
  | string
  | {
      kind: BlockKind;
      markdown?: string;
      text?: string;
      depth?: number;
      pageNumber?: number;
      numbering?: string;
      isHeader?: boolean;
      /** Rows of cells, for a table; the first row is its header. */
      rows?: string[][];
    };

export interface DocumentSpec {
  fileName?: string;
  title?: string;
  pageBasis?: 'pdf' | 'none';
  pagesNeedingOcr?: number[];
}

const hash = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

const plain = (markdown: string): string => markdown.replace(/[*`]/g, '').replace(/\s+/g, ' ').trim();

type Range = { charStart: number; charEnd: number };

/** Writes Markdown and blocks side by side. */
const createWriter = (documentId: string) => {
  const blocks: Block[] = [];
  let markdown = '';
  const listParents: string[] = [];

  const add = (block: Omit<Block, 'blockId'>): string => {
    const blockId = hash(`${documentId}:${block.kind}:${blocks.length}:${block.text}`).slice(0, 16);
    blocks.push({ blockId, ...block });
    return blockId;
  };
  const write = (prefix: string, body: string): Range => {
    markdown += prefix;
    const charStart = markdown.length;
    markdown += body;
    return { charStart, charEnd: markdown.length };
  };
  const gap = (): string => (markdown === '' ? '' : '\n\n');

  const addTable = (rows: string[][]): void => {
    markdown += gap();
    const tableId = add({ kind: 'table', charStart: null, charEnd: null, text: '' });
    rows.forEach((cells, rowIndex) => {
      const rowId = add({ kind: 'table_row', parentId: tableId, charStart: null, charEnd: null, text: '' });
      for (const cell of cells) {
        const range = write('| ', cell);
        markdown += ' ';
        const header = rowIndex === 0 ? { isHeader: true } : {};
        add({ kind: 'table_cell', parentId: rowId, ...range, text: plain(cell), ...header });
      }
      markdown += rowIndex === 0 ? `|\n|${cells.map(() => '---|').join('')}\n` : '|\n';
    });
  };

  const addSpecial = (spec: Exclude<BlockSpec, string>): void => {
    const { kind, rows, pageNumber, numbering, depth } = spec;
    const place = pageNumber === undefined ? {} : { pageNumber };
    if (rows) addTable(rows);
    else if (kind === 'header_footer') add({ kind, charStart: null, charEnd: null, text: spec.text ?? '', ...place });
    else {
      const body = spec.markdown ?? spec.text ?? '';
      const more = { ...(depth === undefined ? {} : { depth }), ...(numbering === undefined ? {} : { numbering }) };
      add({ kind, ...write(gap(), body), text: spec.text ?? plain(body), ...more, ...place });
    }
  };

  const addItem = (indent: string, body: string): void => {
    const depth = indent.length / 2 + 1;
    const range = write(`${markdown === '' ? '' : '\n'}${indent}- `, body);
    const parentId = listParents[depth - 2];
    listParents.length = depth - 1;
    listParents.push(add({ kind: 'list_item', depth, ...range, text: plain(body), ...(parentId ? { parentId } : {}) }));
  };

  const addLine = (line: string): void => {
    const [, indent, item] = /^( *)- (.*)$/s.exec(line) ?? [];
    if (indent !== undefined && item !== undefined) {
      addItem(indent, item);
      return;
    }
    listParents.length = 0;
    const [, hashes, heading] = /^(#{1,6}) (.*)$/s.exec(line) ?? [];
    if (hashes !== undefined && heading !== undefined) {
      const range = write(`${gap()}${hashes} `, heading);
      add({ kind: 'heading', depth: hashes.length, ...range, text: plain(heading) });
    } else add({ kind: 'paragraph', ...write(gap(), line), text: plain(line) });
  };

  return { addLine, addSpecial, finish: () => ({ blocks, markdown }) };
};

export const buildDocument = (specs: readonly BlockSpec[], options: DocumentSpec = {}): Document => {
  const fileName = options.fileName ?? 'rfp.md';
  const documentId = hash(`${fileName}\n${JSON.stringify(specs)}`).slice(0, 16);
  const writer = createWriter(documentId);
  for (const spec of specs) {
    if (typeof spec === 'string') writer.addLine(spec);
    else writer.addSpecial(spec);
  }
  const { blocks, markdown } = writer.finish();
  const pagesNeedingOcr = options.pagesNeedingOcr ?? [];
  const pageCount = Math.max(0, ...blocks.map((block) => block.pageNumber ?? 0), ...pagesNeedingOcr);
  return {
    documentId,
    fileName,
    mediaType: 'text/markdown',
    sizeBytes: utf8ToBytes(markdown).length,
    ...(options.title === undefined ? {} : { title: options.title }),
    pageBasis: options.pageBasis ?? 'none',
    pages: Array.from({ length: pageCount }, (_, index) => ({ pageNumber: index + 1, source: 'text' as const })),
    blocks,
    markdown,
    messages: [],
    safety: [],
    quality: {
      characters: markdown.length,
      pages: pageCount,
      pagesWithText: pageCount,
      unreadableCharacters: 0,
      ...NOTHING_LOST,
    },
    pagesNeedingOcr,
    metadata: {},
  };
};
