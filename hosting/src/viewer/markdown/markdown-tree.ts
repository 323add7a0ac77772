/** The Markdown tree (mdast) as far as it is changed before it is drawn. https://github.com/syntax-tree/mdast */
import type { Segment } from './segments.ts';

export interface MarkdownNode {
  type: string;
  value?: string;
  alt?: string | null;
  url?: string;
  identifier?: string;
  label?: string | null;
  children?: MarkdownNode[];
  /** Offsets into the segment's head and text. */
  position?: { start: { offset?: number }; end: { offset?: number } };
  /** How remark-rehype draws it: the name and the properties of the element. */
  data?: { hName?: string; hProperties?: Record<string, string | number> };
}

/** UTF-16 offsets into the whole Markdown. */
export interface Span {
  from: number;
  to: number;
}

/** Null for what has no place in the Markdown: it was made here, or is a copy of a table's head. */
export const spanOf = ({ position }: MarkdownNode, { start, head }: Segment): Span | null => {
  const [first, end] = [position?.start.offset, position?.end.offset];
  if (first === undefined || end === undefined || first < head.length) return null;
  return { from: first - head.length + start, to: end - head.length + start };
};

/** An element that is no Markdown, drawn as remark-rehype draws a node that it does not know. */
export const element = (
  name: string,
  properties: Record<string, string | number>,
  children: MarkdownNode[],
  position?: MarkdownNode['position'],
): MarkdownNode => ({
  type: 'mdraftElement',
  children,
  data: { hName: name, hProperties: properties },
  ...(position && { position }),
});

export const text = (value: string, position?: MarkdownNode['position']): MarkdownNode => ({
  type: 'text',
  value,
  ...(position && { position }),
});

/** Every node below, parents first; `visit` answers what stands in its place. What it answers is not visited again. */
export const replaceNodes = (node: MarkdownNode, visit: (child: MarkdownNode) => MarkdownNode[] | null): void => {
  if (!node.children) return;
  node.children = node.children.flatMap((child) => {
    const replaced = visit(child);
    if (replaced) return replaced;
    replaceNodes(child, visit);
    return [child];
  });
};

export const walkNodes = (node: MarkdownNode, visit: (child: MarkdownNode) => void): void => {
  for (const child of node.children ?? []) {
    visit(child);
    walkNodes(child, visit);
  }
};
