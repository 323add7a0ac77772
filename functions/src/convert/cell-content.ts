/** What stands in a table cell, in the form a cell can hold: lines of inline content. */
import type { ListItem, PhrasingContent, RootContent, Table } from 'mdast';

/** Blocks as lines with breaks between: list items with their marker, rows of a nested table with their cells side by side. */
export const toCellContent = (blocks: readonly RootContent[]): PhrasingContent[] => {
  const lines = blocks.flatMap(toLines).filter((line) => line.length > 0);
  return lines.flatMap((line, index) => (index === 0 ? line : [{ type: 'break' } as const, ...line]));
};

const toLines = (node: RootContent): PhrasingContent[][] => {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return [node.children];
    case 'list':
      return node.children.flatMap((item, index) =>
        itemLines(item, node.ordered ? `${(node.start ?? 1) + index}.` : '•'),
      );
    case 'table':
      return tableLines(node);
    case 'blockquote':
    case 'footnoteDefinition':
      return node.children.flatMap(toLines);
    case 'code':
      return node.value.split('\n').map((value) => [{ type: 'text', value }]);
    case 'html':
      return [[{ type: 'text', value: node.value }]];
    case 'thematicBreak':
    case 'definition':
    case 'yaml':
    case 'listItem':
    case 'tableRow':
    case 'tableCell':
      return [];
    default:
      return [[node]];
  }
};

const itemLines = (item: ListItem, marker: string): PhrasingContent[][] => {
  const [first, ...rest] = item.children.flatMap(toLines);
  const shown = item.data?.provenance?.numbering ?? marker;
  return [[{ type: 'text', value: `${shown} ` }, ...(first ?? [])], ...rest];
};

const tableLines = (table: Table): PhrasingContent[][] =>
  table.children.map((row) =>
    row.children.flatMap((cell, index): PhrasingContent[] =>
      index === 0 ? cell.children : [{ type: 'text', value: ' ' }, ...cell.children],
    ),
  );
