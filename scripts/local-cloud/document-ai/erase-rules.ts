/** Takes drawn lines out of a page's image: the recogniser takes the frame of a table row for letters. */

export interface GreyImage {
  width: number;
  height: number;
  /** One byte a pixel, row by row; 0 is black. */
  pixels: Uint8Array;
}

const DARK_BELOW = 140;
/** Longer than any stroke of a letter, in pixels at 200 dpi. */
const MIN_ACROSS = 100;
const MIN_DOWN = 80;
/** The side of a single cell may be shorter than a large letter: it counts where it runs from one rule to another. */
const MIN_SIDE = 25;
const TOUCH = 4;

/** Calls `found(from, to)` for each unbroken run of dark pixels, `to` exclusive. */
const eachRun = (
  length: number,
  isDark: (at: number) => boolean,
  minLength: number,
  found: (from: number, to: number) => void,
): void => {
  let from = -1;
  for (let at = 0; at <= length; at++) {
    if (at < length && isDark(at)) {
      if (from < 0) from = at;
      continue;
    }
    if (from >= 0 && at - from >= minLength) found(from, at);
    from = -1;
  }
};

/** Changes the image. */
export const eraseRules = ({ width, height, pixels }: GreyImage): void => {
  const across = new Uint8Array(pixels.length);
  const isDark = (at: number): boolean => (pixels[at] ?? 255) < DARK_BELOW;
  for (let y = 0; y < height; y++)
    eachRun(
      width,
      (x) => isDark(y * width + x),
      MIN_ACROSS,
      (from, to) => across.fill(1, y * width + from, y * width + to),
    );
  const touchesRule = (x: number, y: number): boolean => {
    for (let row = Math.max(0, y - TOUCH); row <= Math.min(height - 1, y + TOUCH); row++)
      if (across[row * width + x] === 1) return true;
    return false;
  };
  const erased = across.slice();
  for (let x = 0; x < width; x++)
    eachRun(
      height,
      (y) => isDark(y * width + x),
      MIN_SIDE,
      (from, to) => {
        if (to - from < MIN_DOWN && !(touchesRule(x, from) && touchesRule(x, to))) return;
        for (let y = from; y < to; y++) erased[y * width + x] = 1;
      },
    );
  erased.forEach((isRule, at) => {
    if (isRule === 1) pixels[at] = 255;
  });
};
