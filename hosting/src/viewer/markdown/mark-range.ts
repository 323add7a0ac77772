/** Puts a range of the Markdown into <mark>. Pure but for the tree that it changes. */
import { element, type MarkdownNode, replaceNodes, type Span, spanOf, text } from './markdown-tree.ts';
import type { Segment } from './segments.ts';
import { sourceOffsets } from './source-offsets.ts';

const isText = ({ type }: MarkdownNode): boolean => type === 'text' || type === 'inlineCode' || type === 'html';

const overlaps = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

/** The part of a text that lies in the range, cut out of it; the whole when it is not known which part that is. */
const markText = (node: MarkdownNode, span: Span, range: Span, markdown: string): MarkdownNode[] => {
  const { value = '', type, position } = node;
  const whole = [element('mark', {}, [node], position)];
  const offsets = type === 'text' ? sourceOffsets(value, markdown.slice(span.from, span.to)) : null;
  if (offsets === null) return whole;
  const indexOf = (offset: number): number => {
    const found = offsets.findIndex((each) => each >= offset - span.from);
    return found === -1 ? value.length : Math.min(found, value.length);
  };
  const [first, end] = [indexOf(range.from), indexOf(range.to)];
  if (first >= end) return [node];
  const [before, marked, after] = [value.slice(0, first), value.slice(first, end), value.slice(end)];
  return [
    ...(before === '' ? [] : [text(before)]),
    element('mark', {}, [text(marked)]),
    ...(after === '' ? [] : [text(after)]),
  ];
};

/** Marks what lies in `range`, offsets into the whole Markdown. Text that stands in several nodes gets a mark in each of them. */
export const markRange = (tree: MarkdownNode, range: Span, segment: Segment, markdown: string): void => {
  replaceNodes(tree, (node) => {
    if (!isText(node)) return null;
    const span = spanOf(node, segment);
    return span !== null && overlaps(span, range) ? markText(node, span, range, markdown) : null;
  });
};
