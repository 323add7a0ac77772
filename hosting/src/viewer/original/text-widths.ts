/** How wide characters are beside each other, as far as it can be told without the font of the page. */

/** In any unit: only the share of a part in its whole is used. `family`: a CSS generic family, such as "serif". */
export type TextWidth = (text: string, family: string) => number;

const NARROW = /[iljtfrI.,;:'!|()[\] ]/;
const WIDE = /[mwMW@%—]/;
const CAPITAL = /[A-Z\d]/;

/** Widths of most proportional fonts resemble each other: nearer than to count every character alike. */
export const estimatedWidth: TextWidth = (text) => {
  let width = 0;
  for (const character of text) {
    if (NARROW.test(character)) width += 0.5;
    else if (WIDE.test(character)) width += 1.5;
    else width += CAPITAL.test(character) ? 1.2 : 1;
  }
  return width;
};

/** By the browser's own font of the family: of most fonts in use it has the widths. Estimated where there is no canvas. */
export const createTextWidth = (): TextWidth => {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return estimatedWidth;
  return (text, family) => {
    context.font = `100px ${family}`;
    return context.measureText(text).width;
  };
};
