/** Headings of Word documents as mdast has them. */
import type { PhrasingContent, RootContent } from 'mdast';
import type { ListNumber } from './numbering.ts';

/** Headings are set off already: bold and italic say nothing in them. The printed number is part of the text. */
export const heading = (
  depth: 1 | 2 | 3 | 4 | 5 | 6,
  number: Pick<ListNumber, 'text' | 'isBullet'> | undefined,
  children: PhrasingContent[],
): RootContent => {
  const plain = withoutMarks(children);
  if (!number || number.isBullet || number.text === '') return { type: 'heading', depth, children: plain };
  const numbering = number.text;
  return {
    type: 'heading',
    depth,
    children: [{ type: 'text', value: `${numbering} ` }, ...plain],
    data: { provenance: { numbering } },
  };
};

const withoutMarks = (children: readonly PhrasingContent[]): PhrasingContent[] =>
  children.flatMap((node): PhrasingContent[] => {
    if (node.type === 'strong' || node.type === 'emphasis') return withoutMarks(node.children);
    return node.type === 'link' ? [{ ...node, children: withoutMarks(node.children) }] : [node];
  });
