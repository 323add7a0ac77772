/** Reads the structure elements that have content on one page. PDFium applies the role map, and stops at 32 levels. */
import type { PdfiumModule, Pointer } from '../pdfium.ts';
import { withBuffer } from '../pdfium.ts';
import { readSpan } from './element-attributes.ts';
import type { PageTags, Tag, TagCell, TagRole, TagRow, TagTable } from './tag-model.ts';

const MAX_DEPTH = 40;
/** Children looked at on one page: an element names all that it has, also on other pages. */
const MAX_PAGE_CHILDREN = 60_000;
const MAX_DOCUMENT_CHILDREN = 5_000_000;
const TYPE_BYTES = 64;

const BLOCK_ROLES: Readonly<Record<string, TagRole>> = {
  P: 'paragraph',
  BlockQuote: 'paragraph',
  Lbl: 'label',
  LBody: 'item',
  TOCI: 'contents',
  Caption: 'caption',
  Note: 'note',
  FENote: 'note',
  Artifact: 'artifact',
};

/** How much of the document's tree may still be looked at. */
export interface TagBudget {
  children: number;
}

export const createTagBudget = (): TagBudget => ({ children: MAX_DOCUMENT_CHILDREN });

interface Place {
  path: string;
  type: string;
  depth: number;
  tag?: Tag;
  item?: string;
  inContents: boolean;
  table?: TagTable;
  row?: TagRow;
  cell?: TagCell;
}

const headingLevel = (type: string): number | undefined => {
  if (type === 'H') return 0;
  return /^H[1-6]$/.test(type) ? Number(type[1]) : undefined;
};

/** A label or a paragraph in a list item, or in an entry of a table of contents, is a part of it. */
const roleOf = (type: string, { item, inContents }: Place): TagRole | undefined => {
  const role = BLOCK_ROLES[type];
  if (inContents && role !== undefined && role !== 'artifact') return 'contents';
  return role === 'paragraph' && item !== undefined ? 'item' : role;
};

const tagAt = (role: TagRole, { path, item, cell }: Place): Tag => ({
  role,
  path,
  ...(item === undefined ? {} : { item }),
  ...(cell === undefined ? {} : { cell }),
});

const withTable = (place: Place): Place => {
  if (place.cell) place.cell.row.table.holdsTable = true;
  const { row: _row, cell: _cell, ...outer } = place;
  return { ...outer, table: { path: place.path, rows: [], holdsTable: false } };
};

const withRow = (place: Place, parent: Place, index: number): Place => {
  const table = place.table ?? { path: parent.path, rows: [], holdsTable: false };
  const row: TagRow = { table, path: place.path, index, parentPath: parent.path, cellCount: 0, cells: [] };
  table.rows.push(row);
  return { ...place, table, row };
};

/** What a child is, read from its type and from where it stands. */
const placeOf = (pdfium: PdfiumModule, element: Pointer, type: string, parent: Place, index: number): Place => {
  const path = `${parent.path}/${index}`;
  const place: Place = { ...parent, path, type, depth: parent.depth + 1 };
  const level = headingLevel(type);
  if (level !== undefined) return { ...place, tag: { ...tagAt('heading', place), level } };
  if (type === 'Table') return withTable(place);
  if (type === 'TR') return withRow(place, parent, index);
  if ((type === 'TD' || type === 'TH') && place.row) {
    const { row } = place;
    const span = readSpan(pdfium, element);
    const cell: TagCell = { row, position: row.cellCount, isHeader: type === 'TH', ...span };
    row.cells.push(cell);
    return { ...place, cell, tag: tagAt('paragraph', { ...place, cell }) };
  }
  if (type === 'TOC') place.inContents = true;
  if (type === 'LI') {
    place.item = path;
    return { ...place, tag: tagAt(place.inContents ? 'contents' : 'item', place) };
  }
  const role = roleOf(type, place);
  return role === undefined ? place : { ...place, tag: tagAt(role, place) };
};

/** Calls `use` with the structure tree of the page, if it has one. */
const withTree = (pdfium: PdfiumModule, page: Pointer, use: (tree: Pointer) => void): void => {
  const tree = pdfium._FPDF_StructTree_GetForPage(page);
  if (tree === 0) return;
  try {
    use(tree);
  } finally {
    pdfium._FPDF_StructTree_Close(tree);
  }
};

/** Types of structure elements are short names in ASCII. */
const readType = (pdfium: PdfiumModule, element: Pointer, buffer: Pointer): string => {
  const sizeBytes = pdfium._FPDF_StructElement_GetType(element, buffer, TYPE_BYTES);
  if (sizeBytes <= 2 || sizeBytes > TYPE_BYTES) return '';
  const { HEAPU8: bytes } = pdfium;
  let type = '';
  for (let at = buffer; at < buffer + sizeBytes - 2; at += 2) type += String.fromCharCode(bytes[at] ?? 0);
  return type;
};

/** Of the elements with text on this page; empty where there are none, or more than any page has. Takes from `budget` what it looks at. */
export const readPageTags = (pdfium: PdfiumModule, page: Pointer, budget: TagBudget): PageTags => {
  const tags = new Map<number, Tag>();
  if (budget.children <= 0) return tags;
  const claimed = new Set<number>();
  let left = Math.min(MAX_PAGE_CHILDREN, budget.children);

  const claim = (id: number, place: Place): void => {
    // Two elements that claim one piece of text are both doubtful.
    if (claimed.has(id)) tags.delete(id);
    else tags.set(id, place.tag ?? tagAt('paragraph', place));
    claimed.add(id);
  };

  const visit = (element: Pointer, place: Place, buffer: Pointer): void => {
    const count = pdfium._FPDF_StructElement_CountChildren(element);
    for (let index = 0; index < count && left > 0; index++) {
      left -= 1;
      const child = pdfium._FPDF_StructElement_GetChildAtIndex(element, index);
      const id = child === 0 ? pdfium._FPDF_StructElement_GetChildMarkedContentID(element, index) : -1;
      if (id >= 0) claim(id, place);
      else if (child !== 0 && place.depth < MAX_DEPTH) {
        const below = placeOf(pdfium, child, readType(pdfium, child, buffer), place, index);
        visit(child, below, buffer);
      }
      if (place.type === 'TR' && place.row && id < 0) place.row.cellCount += 1;
    }
  };

  withTree(pdfium, page, (tree) => {
    withBuffer(pdfium, TYPE_BYTES, (buffer) => {
      const root: Place = { path: '', type: '', depth: 0, inContents: false };
      const count = pdfium._FPDF_StructTree_CountChildren(tree);
      for (let index = 0; index < count && left > 0; index++) {
        left -= 1;
        const child = pdfium._FPDF_StructTree_GetChildAtIndex(tree, index);
        if (child !== 0) visit(child, placeOf(pdfium, child, readType(pdfium, child, buffer), root, index), buffer);
      }
    });
  });
  const isWhole = left > 0;
  budget.children -= MAX_PAGE_CHILDREN - left;
  return isWhole ? tags : new Map();
};
