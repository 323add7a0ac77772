/** Chapters that become one document: what is unique in each of them may not be in the book. */
import type { Nodes, RootContent } from 'mdast';

/** Notes get the chapter's number into their label, from the second one on; links from chapter to chapter lead nowhere and are their text. */
export const joinChapter = (blocks: readonly RootContent[], index: number): RootContent[] => {
  const labelOf = (label: string) => (index === 0 ? label : `${index + 1}-${label}`);
  const waiting: Nodes[] = [...blocks];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'footnoteReference' || node.type === 'footnoteDefinition') {
      node.label = labelOf(node.label ?? node.identifier);
      node.identifier = labelOf(node.identifier);
    }
    if (!('children' in node)) continue;
    const children = (node.children as Nodes[]).flatMap((inner) => withoutInnerLink(inner));
    Object.assign(node, { children });
    for (const inner of children) waiting.push(inner);
  }
  return [...blocks];
};

const withoutInnerLink = (node: Nodes): Nodes[] =>
  node.type === 'link' && !/^[a-z][a-z\d+.-]*:/i.test(node.url) ? node.children : [node];
