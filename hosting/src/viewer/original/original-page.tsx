import { memo, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { BoundingBox } from '../../../../functions/src/contracts/document.ts';
import type { Leaf } from '../block-lookup.ts';
import type { PagePart } from '../locate-target.ts';
import type { Original } from './original.ts';
import styles from './original-page.module.css';
import { blockAt } from './page-geometry.ts';
import { quoteRectangles } from './quote-rectangles.ts';

/** A page that is only flown over is not drawn. */
const PATIENCE_MILLISECONDS = 60;

/** Draws as long as it is shown, anew with another width; a drawing that is not wanted any more is given up. */
const useDrawing = (original: Original | null, pageNumber: number, width: number) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => {
    const target = canvas.current;
    if (!original || !target) return;
    let cancel = (): void => undefined;
    const timer = setTimeout(() => {
      const drawing = original.draw(pageNumber, target, Math.round(width * devicePixelRatio));
      cancel = drawing.cancel;
      // A page that cannot be drawn stays white: its boxes and its text are there all the same.
      drawing.done.then(
        () => setDrawn(true),
        () => undefined,
      );
    }, PATIENCE_MILLISECONDS);
    return () => {
      clearTimeout(timer);
      cancel();
    };
  }, [original, pageNumber, width]);
  // Some browsers keep the memory of a canvas for long after it has gone.
  useEffect(() => {
    const target = canvas.current;
    return () => {
      if (target) [target.width, target.height] = [0, 0];
    };
  }, []);
  return { canvas, isDrawn };
};

/** Where the quote stands; empty when it is not found, and while it is looked for. */
const useQuote = (original: Original | null, part: PagePart | null): BoundingBox[] => {
  const [boxes, setBoxes] = useState<BoundingBox[]>([]);
  const key = JSON.stringify(part);
  useEffect(() => {
    setBoxes([]);
    const wanted = JSON.parse(key) as PagePart | null;
    if (!original || !wanted?.quote) return;
    const { pageNumber, quote, box } = wanted;
    let isGone = false;
    original.readText(pageNumber).then(
      (text) => {
        if (!isGone && text) setBoxes(quoteRectangles(text, quote, box));
      },
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [original, key]);
  return boxes;
};

const Box = ({ box, scale, className }: { box: BoundingBox; scale: number; className: string | undefined }) => (
  <div
    className={className}
    style={{
      left: box.x * scale,
      top: box.y * scale,
      width: box.width * scale,
      height: box.height * scale,
    }}
  />
);

export interface OriginalPageProps {
  original: Original | null;
  pageNumber: number;
  name: string;
  width: number;
  height: number;
  /** Pixels per point. */
  scale: number;
  blocks: readonly Leaf[];
  /** What is shown on this page; null: nothing. */
  part: PagePart | null;
  select: (blockId: string) => void;
  /** Told when the quote is found on this page. */
  found: (pageNumber: number, box: BoundingBox) => void;
}

export const OriginalPage = memo((props: OriginalPageProps) => {
  const { original, pageNumber, name, width, height, scale, blocks, part, select, found } = props;
  const { canvas, isDrawn } = useDrawing(original, pageNumber, width);
  const quote = useQuote(original, part);
  const [hovered, setHovered] = useState<Leaf | null>(null);
  const [first] = quote;
  useEffect(() => {
    if (first) found(pageNumber, first);
  }, [first, found, pageNumber]);

  const under = ({ clientX, clientY, currentTarget }: PointerEvent | React.MouseEvent): Leaf | null => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return blockAt(blocks, (clientX - left) / scale, (clientY - top) / scale);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: The same is done with the keyboard from the block's Markdown.
    // biome-ignore lint/a11y/noStaticElementInteractions: As above.
    <div
      className={styles.page}
      data-hovered={hovered !== null || undefined}
      style={{ width, height }}
      onPointerMove={(event) => setHovered(under(event))}
      onPointerLeave={() => setHovered(null)}
      onClick={(event) => {
        const block = under(event);
        if (block) select(block.blockId);
      }}
    >
      <canvas ref={canvas} className={styles.canvas} role="img" aria-label={name} data-drawn={isDrawn || undefined} />
      {hovered?.bbox && <Box box={hovered.bbox} scale={scale} className={styles.hovered} />}
      {part?.box && <Box box={part.box} scale={scale} className={quote.length > 0 ? styles.around : styles.shown} />}
      {quote.map((box) => (
        <Box key={`${box.x} ${box.y}`} box={box} scale={scale} className={styles.quote} />
      ))}
    </div>
  );
});
