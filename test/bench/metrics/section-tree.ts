/** document > heading > content: what MHS compares. A heading holds the text up to the next one; its level does not count. */
import { pipeTablesToHtml } from './pipe-tables.ts';
import { collapseSpace, linesOf } from './plain-text.ts';
import type { LabelledTree, SizedTree } from './tree-distance.ts';

export interface SectionTree extends SizedTree {
  hasHeadings: boolean;
}

/** `size` counts all nodes. */
export const sectionTree = (plainMarkdown: string): SectionTree => {
  const root: LabelledTree = { label: 'document', text: '', children: [] };
  let section = root;
  let content: string[] = [];
  let size = 1;
  const append = (parent: LabelledTree, label: string, text: string): LabelledTree => {
    const node = { label, text, children: [] };
    parent.children.push(node);
    size += 1;
    return node;
  };
  const endContent = (): void => {
    if (content.length > 0) append(section, 'content', content.join(' '));
    content = [];
  };
  for (const line of linesOf(pipeTablesToHtml(plainMarkdown))) {
    const heading = /^#{1,6}\s+(.*)$/.exec(line.replace(/[\n\v]$/, ''));
    const text = collapseSpace(line);
    if (heading) {
      endContent();
      section = append(root, 'heading', collapseSpace(heading[1] ?? ''));
    } else if (text) content.push(text);
  }
  endContent();
  return { root, size, hasHeadings: section !== root };
};
