import { describe, expect, test } from '@jest/globals';
import type { PhrasingContent } from 'mdast';
import { readTypedLabel } from '../../../../functions/src/convert/word-text/typed-labels.ts';

const HANGING = { indentLeft: 720, firstLine: -360 };
const PLAIN = { indentLeft: 0, firstLine: undefined };
const text = (value: string): PhrasingContent[] => [{ type: 'text', value }];
const labelOf = (value: string, indent: Parameters<typeof readTypedLabel>[1]): string | undefined =>
  readTypedLabel(text(value), indent)?.number.text;

describe('a label that was typed', () => {
  test.each(['1.', '12)', '(3)', '(a)', 'b.', 'c)', '(iv)', 'iii.', '•', '–', '-', '*'])(
    '"%s" before a tab is one where it hangs out to the left of its text',
    (label) => {
      expect(readTypedLabel(text(`${label}\tText`), HANGING)).toMatchObject({
        number: { text: label },
        children: [{ type: 'text', value: 'Text' }],
      });
    },
  );

  test('A number is none without a hanging indent, and a letter none before a single space, as in a name', () => {
    expect(labelOf('1.\tText', PLAIN)).toBeUndefined();
    expect(labelOf('1. Text', { indentLeft: 720, firstLine: 360 })).toBeUndefined();
    expect(labelOf('A. Clerk, The harbour', HANGING)).toBeUndefined();
    expect(labelOf('1.  Text', HANGING)).toBe('1.');
  });

  test('A bullet is one wherever it stands, a dash only before a tab or where it hangs', () => {
    expect(labelOf('• Text', PLAIN)).toBe('•');
    expect(labelOf('–\tText', PLAIN)).toBe('–');
    expect(labelOf('– Text', PLAIN)).toBeUndefined();
    expect(labelOf('o\tText', HANGING)).toBe('◦');
    expect(labelOf('o Text', HANGING)).toBeUndefined();
  });

  test('Years, clause numbers, figures and labels without text are none', () => {
    for (const value of ['2026.\tText', '3.2\tText', '10%\tText', '1.5 m\tText', '(a)\t']) {
      expect(labelOf(value, HANGING)).toBeUndefined();
    }
  });

  test('It is taken out of whatever marks it stands in, and the marks of the text stay', () => {
    const children: PhrasingContent[] = [
      { type: 'strong', children: text('(a)') },
      { type: 'text', value: '\t' },
      { type: 'emphasis', children: text('Text') },
    ];
    expect(readTypedLabel(children, HANGING)?.children).toEqual([{ type: 'emphasis', children: text('Text') }]);
  });

  test('Labels of one kind at one indent are one list, whatever their numbers', () => {
    const listOf = (value: string, indentLeft = 720) =>
      readTypedLabel(text(value), { indentLeft, firstLine: -360 })?.number.listId;
    expect(listOf('(b)\tText')).toBe(listOf('(a)\tText'));
    expect(listOf('10.\tText')).toBe(listOf('9.\tText'));
    expect(listOf('(1)\tText')).not.toBe(listOf('(a)\tText'));
    expect(listOf('(a)\tText', 1440)).not.toBe(listOf('(a)\tText'));
  });
});
