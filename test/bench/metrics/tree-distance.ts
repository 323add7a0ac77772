/**
 * Edit distance of ordered trees: K. Zhang and D. Shasha, "Simple fast algorithms for the editing distance between trees and
 * related problems" (1989). Insert and delete cost 1; rename costs 1 where the labels differ, else the distance of the texts.
 */
import { textDistances } from './edit-distance.ts';

export interface LabelledTree {
  label: string;
  text: string;
  children: LabelledTree[];
}

/** The nodes in post-order. */
interface PostOrder {
  labels: string[];
  texts: string[];
  /** Of each node, the index of the leftmost leaf below it. */
  leftmost: number[];
  /** The nodes that have a left sibling, and the root: each begins a subproblem of its own. */
  keyRoots: number[];
}

const toPostOrder = (root: LabelledTree): PostOrder => {
  const labels: string[] = [];
  const texts: string[] = [];
  const leftmost: number[] = [];
  const visit = (node: LabelledTree): number => {
    const leaves = node.children.map(visit);
    const index = labels.push(node.label) - 1;
    const leaf = leaves[0] ?? index;
    texts.push(node.text);
    leftmost.push(leaf);
    return leaf;
  };
  visit(root);
  const highestOf = new Map(leftmost.map((leaf, index) => [leaf, index]));
  return { labels, texts, leftmost, keyRoots: [...highestOf.values()].sort((a, b) => a - b) };
};

// Taken once: a look-up of a global is slow where tests run, and these stand in the innermost loops.
const { min } = Math;

type RenameCost = (i: number, j: number) => number;

/** Fills `between` (distance of the subtrees at i and j) for all pairs on the left paths of the two key roots. */
const solveForests = (
  a: PostOrder,
  b: PostOrder,
  [rootA, rootB]: readonly [number, number],
  rename: RenameCost,
  between: Float64Array,
  forest: Float64Array,
): void => {
  const columns = b.labels.length;
  const startA = a.leftmost[rootA] ?? 0;
  const startB = b.leftmost[rootB] ?? 0;
  const height = rootA - startA + 1;
  const stride = rootB - startB + 2;
  for (let y = 0; y < stride; y += 1) forest[y] = y;
  for (let x = 1; x <= height; x += 1) {
    const i = startA + x - 1;
    const leafA = a.leftmost[i] ?? 0;
    const here = x * stride;
    const above = here - stride;
    forest[here] = x;
    for (let y = 1; y < stride; y += 1) {
      const j = startB + y - 1;
      const leafB = b.leftmost[j] ?? 0;
      const removed = min(forest[above + y] ?? 0, forest[here + y - 1] ?? 0) + 1;
      if (leafA === startA && leafB === startB) {
        const diagonal = forest[above + y - 1] ?? 0;
        // A rename costs nothing or more: where even nothing does not help, the texts need not be compared.
        const best = diagonal < removed ? min(removed, diagonal + rename(i, j)) : removed;
        forest[here + y] = best;
        between[i * columns + j] = best;
      } else {
        const before = forest[(leafA - startA) * stride + (leafB - startB)] ?? 0;
        forest[here + y] = min(removed, before + (between[i * columns + j] ?? 0));
      }
    }
  }
};

/** `withTexts` false: nodes of one label are alike whatever they hold. */
export const treeDistance = (left: LabelledTree, right: LabelledTree, withTexts = true): number => {
  const [a, b] = [toPostOrder(left), toPostOrder(right)];
  const textCost = withTexts ? textDistances(a.texts, b.texts) : () => 0;
  const rename: RenameCost = (i, j) => (a.labels[i] === b.labels[j] ? textCost(i, j) : 1);
  const between = new Float64Array(a.labels.length * b.labels.length);
  const forest = new Float64Array((a.labels.length + 1) * (b.labels.length + 1));
  for (const rootA of a.keyRoots) {
    for (const rootB of b.keyRoots) solveForests(a, b, [rootA, rootB], rename, between, forest);
  }
  return between.at(-1) ?? 0;
};

export interface SizedTree {
  root: LabelledTree;
  size: number;
}

/** 1 - distance / larger size, with the texts and without; below 0 for trees that share nothing. */
export const treeSimilarity = (truth: SizedTree, prediction: SizedTree): { whole: number; structure: number } => {
  const size = Math.max(truth.size, prediction.size);
  const similarity = (withTexts: boolean): number => 1 - treeDistance(prediction.root, truth.root, withTexts) / size;
  return { whole: similarity(true), structure: similarity(false) };
};
