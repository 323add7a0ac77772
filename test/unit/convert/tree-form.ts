/** The form in which a tree and the one read back from its Markdown are compared: structure, kinds and text, marks left aside. */
import type { Nodes, PhrasingContent, RootContent } from 'mdast';
import { collectRuns } from '../../../functions/src/convert/markdown/inline-runs.ts';
import type { SourceTree } from '../../../functions/src/convert/source-tree.ts';
import { emptyTree } from '../../../functions/src/convert/source-tree-parts.ts';

export const sourceTree = (children: RootContent[], more: Partial<SourceTree> = {}): SourceTree => ({
  ...emptyTree(children),
  ...more,
});

export type Form = string | { kind: string; children: Form[] };

export const formOf = (node: Nodes): Form | undefined => {
  switch (node.type) {
    case 'paragraph':
    case 'tableCell':
      return leaf(node.type, lines(node.children));
    case 'heading':
      return leaf(`heading ${node.depth}`, lines(node.children).replaceAll('\n', ' '));
    case 'code':
      return `code ${node.value}`;
    case 'list':
      return group(node.ordered ? `ordered from ${node.start ?? 1}` : 'bullets', node.children);
    case 'root':
    case 'blockquote':
    case 'listItem':
    case 'table':
    case 'tableRow':
      return group(node.type, node.children);
    default:
      return node.type;
  }
};

const leaf = (kind: string, text: string): string | undefined =>
  text === '' && kind !== 'tableCell' ? undefined : `${kind}: ${text}`;

const group = (kind: string, children: readonly Nodes[]): Form => ({
  kind,
  children: children.map(formOf).filter((form) => form !== undefined),
});

/** Text with code marked as such and breaks as line ends. */
const lines = (children: readonly PhrasingContent[]): string =>
  collectRuns(children)
    .map((run) => (run.kind === 'break' ? '\n' : run.kind === 'code' ? `\`${run.text}\`` : run.text))
    .join('');
