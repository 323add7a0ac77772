import { describe, expect, test } from '@jest/globals';
import { spelledOut } from '../../../../functions/src/convert/pdf/glyphs.ts';

describe('spelledOut', () => {
  test('Boxes of the Wingdings font are the boxes that they show', () => {
    expect([0xf06f, 0xf0a8, 0xf078, 0xf0fd, 0xf0fe].map(spelledOut).join('')).toBe('☐☐☒☒☑');
  });

  test('Ligatures are their letters, and other letters stay as they are', () => {
    expect([0xfb00, 0xfb01, 0xfb03, 0xe9, 0xb2].map(spelledOut)).toEqual(['ff', 'fi', 'ffi', 'é', '²']);
  });
});
