/** Where one element ends and the next begins, between two lines that stand below each other. */
import type { Line } from '../layout-model.ts';

/** In font sizes, from baseline to baseline: what stands further apart is not one line that wraps. */
const MAX_STEP = 2;

const endsSentence = (text: string): boolean => /[.:;!?]["”’)\]]*$/.test(text);
const beginsAnew = (text: string): boolean => !/^[\p{Ll}(,;]/u.test(text);
const endsInBracket = (text: string): boolean => /\([^)]*$/.test(text);

/**
 * Whether the tags say that `line` goes on with the text of `last`: a heading is one element, and items of a list are different ones. Undefined
 * where they do not tell, or where the words say otherwise.
 */
export const elementGoesOn = (last: Line, line: Line): boolean | undefined => {
  const [a, b] = [last.tag, line.tag];
  if (a === undefined || b === undefined || a.role === 'artifact' || b.role === 'artifact') return undefined;
  if (a.role === 'heading' || b.role === 'heading') {
    if (a.path !== b.path) return endsInBracket(last.text) ? undefined : false;
    const step = line.baseline - last.baseline;
    return step > 0 && step <= MAX_STEP * Math.max(line.size, last.size) ? true : undefined;
  }
  if (a.path === b.path || !beginsAnew(line.text)) return undefined;
  if (a.item !== undefined && a.item === b.item && (a.role === 'label' || b.role === 'label')) return undefined;
  const isOther = a.item !== b.item || a.role !== b.role || a.role === 'contents';
  return isOther || endsSentence(last.text) ? false : undefined;
};
