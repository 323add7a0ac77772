/** Headings with a mark of their own: a row of signs below (and above) them, or "#" in front. */
import type { TextBlock } from './block.ts';
import type { Depth } from './titles.ts';

const ROW = /^([=\-~^*#"'+_])\1{2,}$/;
/** As pandoc and most writers of reStructuredText use them, from the highest level down. */
const ORDER = '#*=-~^"\'+_';
const LONGEST = 120;
const MAX_SPARE = 4;

interface MarkedHeading {
  block: TextBlock;
  depth: Depth;
}

export const readMarkedHeading = (lines: readonly string[], start: number): MarkedHeading | undefined => {
  const line = lines[start] ?? '';
  const sign = ROW.exec(line.trim())?.[1];
  const over = sign !== undefined && (lines[start + 2] ?? '').trim() === line.trim();
  const title = (over ? lines[start + 1] : line)?.trim() ?? '';
  if (over && title !== '' && !ROW.test(title)) return heading(title, start + 3, signDepth(sign));
  const marks = /^(#{1,6})\s+(\S.*?)(?:\s+#+)?$/.exec(line);
  if (marks) return heading(marks[2] ?? '', start + 1, (marks[1] ?? '').length as Depth);
  const below = ROW.exec((lines[start + 1] ?? '').trim())?.[1];
  if (below === undefined || !/[\p{L}\p{N}]/u.test(title) || title.length > LONGEST || sign !== undefined)
    return undefined;
  const row = lines[start + 1] ?? '';
  const isAlike = row.trim().length <= title.length + MAX_SPARE || row.trim().length <= LONGEST / 2;
  const isText = /[.;,]$/.test(title) || /^\s*[-*•]\s/.test(line);
  return isAlike && !isText ? heading(title, start + 2, signDepth(below)) : undefined;
};

const heading = (value: string, end: number, depth: Depth): MarkedHeading => ({
  depth,
  block: { nodes: [{ type: 'heading', depth, children: [{ type: 'text', value }] }], end },
});

const signDepth = (sign: string): Depth => Math.min(6, Math.max(1, ORDER.indexOf(sign) - 1)) as Depth;
