/** Sizes on recognised pages are measured on pictures. Beside pages with text of their own they are brought to the fonts of these. */
import type { LayoutBlock, Line, TextBlock } from '../pdf/layout-model.ts';

/** Sizes this near to each other are one. */
const SAME_SIZE = 0.12;

interface Font {
  size: number;
  letters: number;
  boldLetters: number;
}

/** By size, most letters first. */
const fontsOf = (blocks: readonly TextBlock[]): Font[] => {
  const fonts = new Map<number, Font>();
  for (const { text, size, bold } of blocks.flatMap(({ lines }) => lines)) {
    const font = fonts.get(size) ?? { size, letters: 0, boldLetters: 0 };
    font.letters += text.length;
    if (bold) font.boldLetters += text.length;
    fonts.set(size, font);
  }
  return [...fonts.values()].toSorted((a, b) => b.letters - a.letters || a.size - b.size);
};

/** A scanned letter in 14 pt beside a text in 10 pt is body text too: what counts is how much larger a line is than its own kind. */
const matchLine = (line: Line, factor: number, fonts: readonly Font[]): Line => {
  const size = line.size * factor;
  const [body] = fonts;
  const near = fonts
    .filter((font) => Math.abs(font.size - size) <= SAME_SIZE * font.size)
    .toSorted((a, b) => Math.abs(a.size - size) - Math.abs(b.size - size));
  const font = near.find((one) => one === body) ?? near[0];
  if (font === undefined) return { ...line, size };
  const isBold = font !== body && font.boldLetters > font.letters / 2;
  return { ...line, size: font.size, bold: line.bold || isBold };
};

/** `recognised`: the numbers of the pages that were. Places stay as they are; without other pages everything does. */
export const matchFonts = (
  flows: readonly LayoutBlock[][],
  recognised: ReadonlySet<number>,
): readonly LayoutBlock[][] => {
  const texts = flows.flat().filter((block) => block.kind === 'text');
  const fonts = fontsOf(texts.filter(({ pageNumber }) => !recognised.has(pageNumber)));
  const [body] = fonts;
  const [measured] = fontsOf(texts.filter(({ pageNumber }) => recognised.has(pageNumber)));
  if (body === undefined || measured === undefined) return flows;
  const factor = body.size / measured.size;
  return flows.map((blocks) =>
    blocks.map((block) =>
      block.kind === 'text' && recognised.has(block.pageNumber)
        ? { ...block, lines: block.lines.map((line) => matchLine(line, factor, fonts)) }
        : block,
    ),
  );
};
