import { describe, expect, test } from '@jest/globals';
import { fromPptx } from '../../../../functions/src/convert/pptx/index.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { buildPptx, paragraph, textBox } from './build-pptx.ts';

const limits = { pdfBytes: 1e9, officeBytes: 1e9, textBytes: 1e9, otherBytes: 1e9, unpackedBytes: 1e8 };
type Parts = Parameters<typeof buildPptx>[0];
const read = (parts: Parts) => fromPptx({ bytes: buildPptx(parts), fileName: 'a.pptx' }, limits);
const write = (...slides: Parts['slides']) => toMarkdown(read({ slides }), 'd0').markdown;

describe('order', () => {
  const box = (text: string, at: readonly [number, number, number, number]) => textBox(paragraph(text), at);

  test('Text boxes are read from top to bottom, whatever order they were drawn in', () => {
    const shapes = box('low', [0, 400, 500, 100]) + box('high', [0, 100, 500, 100]) + box('middle', [0, 250, 500, 100]);
    expect(write({ shapes })).toBe('high\n\nmiddle\n\nlow\n');
  });

  test('Two columns that were drawn one after the other are read one after the other', () => {
    const left = box('l1', [0, 100, 400, 100]) + box('l2', [0, 300, 400, 100]);
    const right = box('r1', [500, 100, 400, 100]) + box('r2', [500, 300, 400, 100]);
    expect(write({ shapes: left + right })).toBe('l1\n\nl2\n\nr1\n\nr2\n');
  });

  test('Rows of labels and texts that were drawn row by row are read row by row', () => {
    const row = (name: string, y: number) =>
      box(`${name} label`, [0, y, 200, 90]) + box(`${name} text`, [300, y, 500, 90]);
    expect(write({ shapes: row('b', 300) + row('a', 100) })).toBe('a label\n\na text\n\nb label\n\nb text\n');
  });

  test('Boxes that overlap keep the order of the file', () => {
    expect(write({ shapes: box('first', [0, 200, 500, 300]) + box('second', [100, 100, 500, 300]) })).toBe(
      'first\n\nsecond\n',
    );
  });

  test('A group is read where it lies, in the coordinates of the slide', () => {
    const xfrm =
      '<a:xfrm><a:off x="0" y="914400"/><a:ext cx="914400" cy="914400"/><a:chOff x="0" y="9144000"/><a:chExt cx="914400" cy="914400"/></a:xfrm>';
    const group = `<p:grpSp><p:nvGrpSpPr/><p:grpSpPr>${xfrm}</p:grpSpPr>${box('in the group', [0, 1000, 100, 100])}</p:grpSp>`;
    expect(write({ shapes: box('below', [0, 300, 500, 100]) + group })).toBe('in the group\n\nbelow\n');
  });

  test('A shape that is switched off or lies beside the slide is left out, counted and told', () => {
    const tree = read({
      slides: [
        {
          shapes:
            box('seen', [0, 0, 100, 100]) +
            box('beside', [2000, 0, 100, 100]) +
            textBox(paragraph('off'), [0, 0, 100, 100], 'hidden="1"'),
        },
      ],
    });
    expect(toMarkdown(tree, 'd0').markdown).toBe('seen\n');
    expect(tree.safety.map(({ reason, excerpt }) => [reason, excerpt])).toEqual([
      ['off_page', 'beside'],
      ['hidden', 'off'],
    ]);
    expect(tree.messages.map(({ text }) => text)).toEqual([expect.stringContaining('2 hidden shapes')]);
  });
});
