import { describe, expect, it } from '@jest/globals';
import type { Leaf } from '../../../../../hosting/src/viewer/block-lookup.ts';
import {
  canvasWidth,
  MOST_CANVAS_PIXELS,
  originalKindOf,
} from '../../../../../hosting/src/viewer/original/original.ts';
import {
  blockAt,
  MOST_PAGES_DRAWN,
  pageSizesOf,
  pagesToDraw,
  scaleOf,
  scrollToShow,
} from '../../../../../hosting/src/viewer/original/page-geometry.ts';

const leaf = (blockId: string, x: number, y: number, width: number, height: number): Leaf => ({
  blockId,
  kind: 'paragraph',
  text: '',
  charStart: 0,
  charEnd: 1,
  bbox: { x, y, width, height },
});

describe('pages of the original', () => {
  it('are never more canvases than the browser is asked to keep, however many are in view', () => {
    expect(pagesToDraw({ startIndex: 10, endIndex: 40, count: 900 })).toHaveLength(MOST_PAGES_DRAWN);
    expect(pagesToDraw({ startIndex: 10, endIndex: 11, count: 900 })).toEqual([9, 10, 11, 12, 13]);
    expect(pagesToDraw({ startIndex: 0, endIndex: 0, count: 1 })).toEqual([0]);
  });

  it('have a size also when the document does not say one', () => {
    expect(pageSizesOf([{ pageNumber: 1, source: 'text' }])).toEqual([{ widthPt: 612, heightPt: 792 }]);
  });

  it('fill the room with the widest of them', () => {
    const sizes = [
      { widthPt: 612, heightPt: 792 },
      { widthPt: 1000, heightPt: 612 },
    ];
    expect(scaleOf('fit', 500, sizes)).toBe(0.5);
    expect(scaleOf(1, 500, sizes)).toBeCloseTo(96 / 72);
  });

  it('are drawn no larger than a canvas may be', () => {
    const width = canvasWidth(20_000, 792 / 612);
    expect((width * width * 792) / 612).toBeLessThanOrEqual(MOST_CANVAS_PIXELS);
    expect(canvasWidth(800, 792 / 612)).toBe(800);
  });

  it('exist for PDF files and pictures, and for TIFF only elsewhere', () => {
    expect(['application/pdf', 'image/png', 'image/tiff', 'text/markdown'].map(originalKindOf)).toEqual([
      'pdf',
      'picture',
      'tiff',
      'none',
    ]);
  });
});

describe('the block under the pointer', () => {
  it('is the smallest of those that lie there', () => {
    const blocks = [leaf('whole', 0, 0, 100, 100), leaf('cell', 10, 10, 20, 10)];
    expect(blockAt(blocks, 15, 15)?.blockId).toBe('cell');
    expect(blockAt(blocks, 50, 50)?.blockId).toBe('whole');
    expect(blockAt(blocks, 150, 50)).toBeNull();
  });
});

describe('scrolling to something', () => {
  it('stays when it is in view', () => {
    expect(scrollToShow({ start: 100, size: 800 }, { start: 300, end: 340 })).toBe(100);
  });

  it('brings what is not in view into it, with room above', () => {
    const top = scrollToShow({ start: 0, size: 800 }, { start: 5000, end: 5040 });
    expect(top).toBeLessThan(5000);
    expect(top + 800).toBeGreaterThan(5040);
  });

  it('shows the beginning of what is longer than the view', () => {
    expect(scrollToShow({ start: 0, size: 400 }, { start: 5000, end: 9000 })).toBe(4952);
  });
});
