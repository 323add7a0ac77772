/** A ceiling on nesting: writing the tree is recursive, and a hostile file must not overflow the stack. */
import type { Nodes, PhrasingContent, RootContent } from 'mdast';
import type { ConversionMessage } from '../contracts/document.ts';
import type { SourceTree } from './source-tree.ts';

const MAX_DEPTH = 64;

/** The tree with everything nested deeper than 64 levels made flat: its text stays, its structure goes, and NESTING_FLATTENED says so. */
export const limitNesting = (tree: SourceTree): SourceTree => {
  if (!isDeeper(tree.root, MAX_DEPTH)) return tree;
  const children = tree.root.children.map((child) => limit(child, 1) as RootContent);
  const message: ConversionMessage = {
    level: 'warning',
    code: 'NESTING_FLATTENED',
    text: `Content nested more than ${MAX_DEPTH} levels deep was kept as plain text.`,
  };
  const said = tree.messages.some(({ code }) => code === message.code);
  return { ...tree, root: { ...tree.root, children }, messages: said ? tree.messages : [...tree.messages, message] };
};

const isDeeper = (root: Nodes, limitDepth: number): boolean => {
  let level: Nodes[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limitDepth) return true;
    level = level.flatMap((node): Nodes[] => ('children' in node ? node.children : []));
  }
  return false;
};

const PHRASING = new Set(['emphasis', 'strong', 'delete', 'link', 'linkReference']);

const limit = (node: Nodes, depth: number): Nodes => {
  if (!('children' in node)) return node;
  if (depth < MAX_DEPTH - 3) {
    return { ...node, children: node.children.map((child) => limit(child, depth + 1)) } as Nodes;
  }
  const children: PhrasingContent[] = [{ type: 'text', value: flatText(node) }];
  if (PHRASING.has(node.type) || node.type === 'tableCell' || node.type === 'paragraph' || node.type === 'heading') {
    return { ...node, children } as Nodes;
  }
  if (node.type === 'tableRow') return { type: 'tableRow', children: [{ type: 'tableCell', children }] };
  const paragraph = { type: 'paragraph' as const, children };
  return node.type === 'listItem' ? { type: 'listItem', children: [paragraph] } : paragraph;
};

const LINE_BREAKING = new Set(['paragraph', 'heading', 'tableCell', 'code', 'break']);

const flatText = (node: Nodes): string => {
  const parts: string[] = [];
  const waiting: Nodes[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (LINE_BREAKING.has(next.type)) parts.push(' ');
    if ('value' in next) parts.push(next.value);
    else if ('alt' in next && next.alt) parts.push(next.alt);
    if ('children' in next) {
      for (let i = next.children.length - 1; i >= 0; i--) {
        const child = next.children[i];
        if (child) waiting.push(child);
      }
    }
  }
  return parts.join('');
};
