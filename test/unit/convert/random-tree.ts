/** Seeded random mdast trees full of characters that Markdown could misread. */
import type { BlockContent, PhrasingContent, Root, RootContent } from 'mdast';

const WORDS =
  'foo|bar|C.3.2(a)|$5,000|snake_case|5 * 3|#1|1. |+|- |* |\\||<tag>|<|>|&amp;|AT&T;|*|**|_|__|____|~|~~|`|``|[x](y)|[|](|[^1]|[a]: b|\\|\\*|!|![a](b)|http://x.org/a_b*c|www.x.com|a@b.com|=|===|---|--- \\| ---|\\|-\\||1) |# |## x|#|```|~~~|<div|<!-- x|(|)| |"|😀|é|[ ] |[x] |:|::|\t|<a@b.c>|a_|_b|*c|d*|x]|-|=-|&copy;|a\\|b|\n'
    .split(/(?<!\\)\|/)
    .map((word) => word.replaceAll('\\|', '|'));
const URLS = ['http://a.example/c', 'x y', 'a(b', 'mailto:a@b.com'];

const createRandom = (seed: number) => {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { next, below, pick: <T>(from: readonly T[]): T => from[below(from.length)] as T };
};
type Random = ReturnType<typeof createRandom>;

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

const text = (random: Random): string =>
  times(1 + random.below(4), () => random.pick(WORDS) + (random.next() < 0.5 ? ' ' : '')).join('');

const inline = (random: Random, depth: number): PhrasingContent[] =>
  times(1 + random.below(3), () => inlineNode(random, depth)).flat();

const inlineNode = (random: Random, depth: number): PhrasingContent[] => {
  const kind = depth > 2 ? 0 : random.next();
  if (kind < 0.6) return [{ type: 'text', value: text(random) }];
  if (kind < 0.66)
    return [
      { type: 'inlineCode', value: text(random) },
      { type: 'text', value: ' next' },
    ];
  if (kind < 0.72) return [{ type: 'break' }];
  if (kind < 0.8) return [{ type: 'strong', children: inline(random, depth + 1) }];
  if (kind < 0.88) return [{ type: 'emphasis', children: inline(random, depth + 1) }];
  if (kind < 0.93) return [{ type: 'delete', children: inline(random, depth + 1) }];
  return [{ type: 'link', url: random.pick(URLS), children: [{ type: 'text', value: text(random) }] }];
};

const flow = (random: Random, depth: number): BlockContent[] => times(1 + random.below(4), () => block(random, depth));

const block = (random: Random, depth: number): BlockContent => {
  const kind = depth > 2 ? 0 : random.next();
  if (kind < 0.42) return { type: 'paragraph', children: inline(random, 0) };
  if (kind < 0.52) return { type: 'heading', depth: (1 + random.below(6)) as 1, children: inline(random, 0) };
  if (kind < 0.72) return list(random, depth);
  if (kind < 0.8) return table(random);
  if (kind < 0.88) return { type: 'blockquote', children: [{ type: 'thematicBreak' }, ...flow(random, depth + 1)] };
  if (kind < 0.95) return { type: 'code', value: random.pick(['a\n\nb', '```x\n', '~~~', '  x\n', '', 'a']) };
  return { type: 'thematicBreak' };
};

const list = (random: Random, depth: number): BlockContent => {
  const ordered = random.next() < 0.5;
  const items = times(1 + random.below(3), () => {
    const own: BlockContent = { type: 'paragraph', children: inline(random, 0) };
    const below = random.next() < 0.4 ? flow(random, depth + 1) : [];
    return { type: 'listItem' as const, children: random.next() < 0.8 ? [own, ...below] : flow(random, depth + 1) };
  });
  return {
    type: 'list',
    ordered,
    start: ordered ? random.below(12) : null,
    spread: random.next() < 0.3,
    children: items,
  };
};

const table = (random: Random): BlockContent => {
  const width = 1 + random.below(3);
  const cell = () => ({
    type: 'tableCell' as const,
    children: inline(random, 1).filter((node) => !JSON.stringify(node).includes('"break"')),
  });
  const row = () => ({ type: 'tableRow' as const, children: times(width, cell) });
  return { type: 'table', children: times(1 + random.below(3), row) };
};

export const randomTree = (seed: number): Root => ({ type: 'root', children: flow(createRandom(seed), 0) });
export const randomParagraph = (seed: number): RootContent => ({
  type: 'paragraph',
  children: inline(createRandom(seed), 0),
});
