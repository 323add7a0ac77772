/** Lists of property modifiers ("sprm"): a number that says what, and a value ([MS-DOC] 2.6). */
import type { ByteView } from '../ole2/byte-view.ts';

export interface Modifier {
  code: number;
  /** Where its value stands, behind the length if it has one. */
  at: number;
  length: number;
}

const DEFINE_TABLE = 0xd608;
const CHANGE_TABS = 0xc615;
/** Length of the value, by the three highest bits of the code; 6 says it itself. */
const LENGTHS = [1, 1, 2, 4, 2, 2, undefined, 3] as const;

/** Stops at the first one that is cut short. */
export const modifiersOf = (list: ByteView): Modifier[] => {
  const found: Modifier[] = [];
  let at = 0;
  while (at + 3 <= list.length) {
    const code = list.u16(at);
    const fixed = LENGTHS[code >>> 13];
    const [start, length] = fixed === undefined ? variable(list, code, at + 2) : [at + 2, fixed];
    if (start + length > list.length) break;
    found.push({ code, at: start, length });
    at = start + length;
  }
  return found;
};

const variable = (list: ByteView, code: number, at: number): [number, number] => {
  if (code === DEFINE_TABLE) return [at + 2, Math.max(0, list.u16(at) - 1)];
  const length = list.u8(at);
  if (code !== CHANGE_TABS || length !== 255) return [at + 1, length];
  const deleted = list.u8(at + 1);
  return [at + 1, 2 + deleted * 4 + list.u8(at + 2 + deleted * 4) * 3];
};
