/** Which text blocks are headings, and at what level: by the looks and numbers of the whole document. */

import { levelsOf } from './heading-levels.ts';
import { type Scored, scoreAll } from './heading-score.ts';
import type { LayoutBlock, TextBlock } from './layout-model.ts';
import { isKeywordNumber, isListLikeNumber, numberDepth } from './markers.ts';
import { prominenceOf } from './text-look.ts';

/** A block with this score is a heading by itself; */
const CLEAR = 3.5;
/** and with this where there are few of them: of a page or two, no look comes back. */
const CLEAR_OF_FEW = 3;
const FEW = 6;
/** with this, if those that are set like it are headings too. */
export const LIKELY = 2.4;
/** A kind of heading comes back at least so often; */
const MIN_KIND = 3;
/** and nearly all that is set and numbered like it has the shape of one. */
const PURE = 0.8;
/** So many larger headings, and the document needs no others. */
const ENOUGH_LARGER = 4;
/** So many times as often as all clear headings, a look is the lowest level of headings. */
const MANY_SMALLER = 2.5;
/** Lines of one look below each other with nothing between them: an address or a title page. */
const MAX_RUN = 2;

export interface Heading {
  level: number;
  numbering?: string;
}

/** What is set and numbered alike. */
export const kindOf = ({ look, numbering }: Scored): string => {
  const { centred: _centred, coloured: _coloured, ...rest } = look;
  const number = numbering === undefined ? '-' : isListLikeNumber(numbering) ? 'item' : String(numberDepth(numbering));
  return `${JSON.stringify(rest)} ${number}`;
};

/** Where larger fonts make the headings, a line of the body's size that is neither numbered nor set apart needs others like it. */
const standsOut = ({ isLarger, setApart, look, numbering }: Scored, isFlat: boolean): boolean =>
  isLarger || isFlat || setApart || look.coloured || look.underlined || numbering !== undefined;

const clearOnes = (scored: readonly Scored[], isFlat: boolean): Set<Scored> => {
  const withScore = (least: number): Set<Scored> =>
    new Set(scored.filter((one) => one.score >= least && standsOut(one, isFlat)));
  const clear = withScore(CLEAR);
  return clear.size < FEW ? withScore(CLEAR_OF_FEW) : clear;
};

/** Kinds of which nearly all blocks look like headings, and often enough. */
const headingKinds = (scored: readonly Scored[], isFlat: boolean, isClear: ReadonlySet<Scored>): Set<string> => {
  const others = isClear.size;
  const kinds = new Map<string, { all: number; likely: number; clear: number; numbered: boolean }>();
  for (const one of scored) {
    if (one.isEntry) continue;
    const key = kindOf(one);
    const kind = kinds.get(key) ?? { all: 0, likely: 0, clear: 0, numbered: one.numbering !== undefined };
    kind.all += 1;
    if (one.score >= LIKELY) kind.likely += 1;
    if (isClear.has(one)) kind.clear += 1;
    kinds.set(key, kind);
  }
  return new Set(
    [...kinds].flatMap(([key, { all, likely, clear, numbered }]) => {
      const isKind =
        likely >= MIN_KIND && likely >= all * PURE && (numbered || isFlat || likely >= MANY_SMALLER * (others - clear));
      return isKind || (clear >= 2 && clear >= all / 2) ? [key] : [];
    }),
  );
};

/** Blocks that stand amid a run of one look on one page, without numbers. */
const inRuns = (scored: readonly Scored[], order: ReadonlyMap<TextBlock, number>): Set<Scored> => {
  const found = new Set<Scored>();
  let run: Scored[] = [];
  const flush = (): void => {
    const largest = Math.max(...run.map(({ look, isLarger }) => (isLarger ? look.size : Number.POSITIVE_INFINITY)));
    if (run.length > MAX_RUN) for (const one of run) if (one.look.size < largest) found.add(one);
    run = [];
  };
  for (const one of scored) {
    const last = run.at(-1);
    const follows =
      last !== undefined &&
      (order.get(one.block) ?? 0) === (order.get(last.block) ?? 0) + 1 &&
      last.block.pageNumber === one.block.pageNumber &&
      last.look.centred === one.look.centred &&
      (one.isLarger ? last.isLarger : Math.abs(prominenceOf(last.look) - prominenceOf(one.look)) < 32);
    if (!follows) flush();
    if (one.numbering === undefined) run.push(one);
    else flush();
  }
  flush();
  return found;
};

/** Names of parts below each other with nothing between them, in the body's size: a list of attachments. */
const listedParts = (scored: readonly Scored[], order: ReadonlyMap<TextBlock, number>): Set<Scored> => {
  const runs: Scored[][] = [];
  for (const one of scored) {
    const last = runs.at(-1)?.at(-1);
    const isPart = one.numbering !== undefined && isKeywordNumber(one.numbering) && !one.isLarger;
    if (!isPart) continue;
    const follows = last && kindOf(last) === kindOf(one) && order.get(one.block) === (order.get(last.block) ?? 0) + 1;
    if (follows) runs.at(-1)?.push(one);
    else runs.push([one]);
  }
  return new Set(runs.filter((run) => run.length > MAX_RUN).flat());
};

/** Headings by block. */
export const findHeadings = (blocks: readonly LayoutBlock[]): Map<TextBlock, Heading> => {
  const scored = scoreAll(blocks);
  const isFlat = scored.filter(({ isLarger }) => isLarger).length < ENOUGH_LARGER;
  const isClear = clearOnes(scored, isFlat);
  const kinds = headingKinds(scored, isFlat, isClear);
  const likely = scored.filter((one) => isClear.has(one) || (one.score >= LIKELY && kinds.has(kindOf(one))));
  const order = new Map(blocks.flatMap((block, index) => (block.kind === 'text' ? [[block, index] as const] : [])));
  const refused = new Set([...inRuns(likely, order), ...listedParts(likely, order)]);
  const headings = likely.filter((one) => !refused.has(one));
  const levels = levelsOf(headings.map((one) => ({ ...one, pageNumber: one.block.pageNumber })));
  return new Map(
    headings.map(({ block, numbering }, index) => [
      block,
      { level: levels[index] ?? 1, ...(numbering === undefined ? {} : { numbering }) },
    ]),
  );
};
