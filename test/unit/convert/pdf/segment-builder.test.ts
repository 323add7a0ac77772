import { describe, expect, test } from '@jest/globals';
import type { Rule } from '../../../../functions/src/convert/pdf/page-model.ts';
import { createSegmentBuilder, type Letter } from '../../../../functions/src/convert/pdf/segment-builder.ts';

const letterOf = (text: string, x0: number, changes: Partial<Letter> = {}): Letter => ({
  text,
  x0,
  x1: x0 + 5,
  top: 92,
  bottom: 102,
  baseline: 100,
  size: 10,
  bold: false,
  italic: false,
  rotated: false,
  startsObject: false,
  ...changes,
});

const build = (letters: Letter[], rules: Rule[] = []) => {
  const builder = createSegmentBuilder(rules);
  for (const letter of letters) builder.letter(letter);
  return builder.finish();
};

const textsOf = (letters: Letter[], rules: Rule[] = []): string[] => build(letters, rules).map(({ text }) => text);

describe('createSegmentBuilder', () => {
  test('Letters close to each other make a word, a gap makes a space, a wide gap makes another segment', () => {
    expect(textsOf([letterOf('a', 0), letterOf('b', 5), letterOf('c', 13), letterOf('d', 40)])).toEqual(['ab c', 'd']);
  });

  test('A letter on another line begins another segment', () => {
    expect(textsOf([letterOf('a', 0), letterOf('b', 5, { baseline: 114, top: 106, bottom: 116 })])).toEqual(['a', 'b']);
  });

  test('A raised letter stays in its line', () => {
    expect(textsOf([letterOf('m', 0), letterOf('2', 5, { baseline: 97, size: 6 })])).toEqual(['m2']);
  });

  test('The letters of a ligature, all at one place, leave no gap before the next letter', () => {
    expect(textsOf([letterOf('f', 0, { x1: 3 }), letterOf('i', 0, { x1: 2 }), letterOf('n', 5)])).toEqual(['fin']);
  });

  test('A ligature of three letters stays whole, whether each has its own width or that of all', () => {
    const own = [letterOf('f', 0, { x1: 3.5 }), letterOf('f', 0, { x1: 3.5 }), letterOf('i', 0, { x1: 3 })];
    expect(textsOf([...own, letterOf('c', 9.8)])).toEqual(['ffic']);
    const all = ['f', 'f', 'i'].map((letter) => letterOf(letter, 0, { x1: 9 }));
    expect(textsOf([...all, letterOf('c', 9)])).toEqual(['ffic']);
    expect(textsOf([...all, letterOf('c', 14)])).toEqual(['ffi c']);
  });

  test('The raised number of a note stands apart from the word before it, a unit’s does not', () => {
    const raised = { baseline: 96, size: 6 };
    const word = [...'lamp'].map((letter, index) => letterOf(letter, 5 * index));
    expect(textsOf([...word, letterOf('1', 20, raised)])).toEqual(['lamp 1']);
    const plural = [...'lamp(s)'].map((letter, index) => letterOf(letter, 5 * index));
    expect(textsOf([...plural, letterOf('2', 35, raised)])).toEqual(['lamp(s) 2']);
    expect(textsOf([letterOf('k', 0), letterOf('m', 5), letterOf('2', 10, raised)])).toEqual(['km2']);
    expect(textsOf([...word, letterOf('2', 20, { baseline: 102, size: 6 })])).toEqual(['lamp2']);
  });

  test('A wall between two letters parts them, and so does one that the cell to the left runs over', () => {
    const wall: Rule = { direction: 'vertical', at: 12, from: 0, to: 200 };
    expect(textsOf([letterOf('a', 0), letterOf('b', 14)], [wall])).toEqual(['a', 'b']);
    const running = [letterOf('a', 0), letterOf('b', 5), letterOf('c', 10)];
    expect(textsOf([...running, letterOf('d', 13, { startsObject: true })], [wall])).toEqual(['abc', 'd']);
  });

  test('The width of the first word is kept, and bold that ends before the segment does is a lead', () => {
    const [segment] = build([
      letterOf('a', 0, { bold: true }),
      letterOf('b', 5, { bold: true }),
      letterOf('c', 13),
      letterOf('d', 18),
      letterOf('e', 23),
    ]);
    expect(segment).toMatchObject({ firstWordWidth: 10, boldLead: true, bold: false });
  });

  test('The raised number of a note says where it stands in its text', () => {
    const raised = { baseline: 96, size: 6 };
    const word = [...'lamps'].map((text, index) => letterOf(text, index * 5));
    const [segment] = build([...word, letterOf('1', 25, raised), letterOf('2', 30, raised), letterOf('x', 38)]);
    expect(segment).toMatchObject({ text: 'lamps 12 x', noteMarks: [{ at: 6, length: 2 }] });
  });
});
