/** All tables of a document as one tree (table > tr > td): what TEDS compares. */
import { decodeEntities, type HtmlElement, type HtmlNode } from './html-tables.ts';
import { collapseSpace } from './plain-text.ts';
import type { LabelledTree, SizedTree } from './tree-distance.ts';

const ROW_GROUPS = ['tbody', 'tfoot'];
const ROW_ENDS = ['tr', ...ROW_GROUPS];
const CELL_ENDS = ['td', 'th', ...ROW_ENDS];
const TABLE_PARTS = ['colgroup', 'thead', ...ROW_GROUPS, 'tr'];
/** Implied end tags (HTML 13.1.2.4): an element ends where one of these begins. */
const ENDED_BY = new Map<string, readonly string[]>([
  ['caption', ['col', ...TABLE_PARTS]],
  ['colgroup', TABLE_PARTS],
  ['thead', ROW_GROUPS],
  ['tbody', ROW_GROUPS],
  ['tfoot', ['tbody']],
  ['tr', ROW_ENDS],
  ['td', CELL_ENDS],
  ['th', CELL_ENDS],
  ['dt', ['dt', 'dd']],
  ['dd', ['dt', 'dd']],
]);

const isElement = (node: HtmlNode | undefined): node is HtmlElement => typeof node === 'object';
const isCell = (node: HtmlNode | undefined): boolean => isElement(node) && (node.name === 'td' || node.name === 'th');
const isSection = ({ name }: HtmlElement): boolean => name === 'thead' || name === 'tbody';

/** Puts the tables under one root as a browser would nest them; head and body layers that say nothing are left out. */
const nest = (tables: readonly HtmlElement[]): { root: HtmlElement; size: number } => {
  const root: HtmlElement = { name: 'table', hasAttributes: false, colspan: 1, rowspan: 1, children: [] };
  const open = [root];
  const current = (): HtmlElement => open.at(-1) ?? root;
  let size = 0;
  const add = (node: HtmlNode): void => {
    if (!isElement(node)) {
      current().children.push(node);
      return;
    }
    if (isSection(node) && !node.hasAttributes) {
      node.children.forEach(add);
      return;
    }
    while (ENDED_BY.get(current().name)?.includes(node.name)) open.pop();
    const element = { ...node, children: [] };
    const depth = open.length;
    current().children.push(element);
    open.push(element);
    size += 1;
    node.children.forEach(add);
    // A section stays open for the rows that follow it.
    if (!isSection(node)) open.length = Math.min(open.length, depth);
  };
  tables.forEach(add);
  return { root, size };
};

/** What a cell holds, tags and all; text straight after a cell inside the cell does not count. */
const markupOf = ({ children }: HtmlElement): string =>
  children
    .map((child, index) => {
      if (!isElement(child)) return isCell(children[index - 1]) ? '' : child;
      const name = isCell(child) ? 'td' : child.name;
      return `<${name}>${markupOf(child)}</${name}>`;
    })
    .join('');

const toTree = (element: HtmlElement): LabelledTree => {
  if (!isCell(element))
    return { label: element.name, text: '', children: element.children.filter(isElement).map(toTree) };
  const text = collapseSpace(decodeEntities(markupOf(element)).replace(/<br\s*\/?>/g, ' '));
  return { label: `cell ${element.colspan} ${element.rowspan}`, text, children: [] };
};

/** `size` counts the elements below the root. */
export const tableTree = (tables: readonly HtmlElement[]): SizedTree => {
  const { root, size } = nest(tables);
  return { root: toTree(root), size };
};
