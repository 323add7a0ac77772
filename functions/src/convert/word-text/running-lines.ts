/** Page headers and footers of Word documents. */
import type { PhrasingContent, RootContent } from 'mdast';
import { toCellContent } from '../cell-content.ts';
import { collectRuns, plainText } from '../markdown/inline-runs.ts';
import type { RunningText } from '../source-tree.ts';

/** Their lines, each one once; blocks of a table or list are lines too. */
export const runningLines = (
  parts: readonly { blocks: readonly RootContent[]; position: RunningText['position'] }[],
): RunningText[] => {
  const found = new Map<string, RunningText>();
  for (const { blocks, position } of parts) {
    for (const line of splitAtBreaks(toCellContent(blocks))) {
      const text = plainText(collectRuns(line));
      if (text !== '') found.set(`${position} ${text}`, { text, position });
    }
  }
  return [...found.values()];
};

const splitAtBreaks = (content: readonly PhrasingContent[]): PhrasingContent[][] => {
  const lines: PhrasingContent[][] = [[]];
  for (const node of content) {
    if (node.type === 'break') lines.push([]);
    else lines.at(-1)?.push(node);
  }
  return lines;
};
