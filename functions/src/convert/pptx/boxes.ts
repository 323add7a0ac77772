/** Where shapes lie on a slide. */
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child } from '../ooxml/xml.ts';

/** English Metric Units, origin at the slide's top left corner. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** From the coordinates of a group to those of the slide. */
export type Placing = (box: Box) => Box;

/** The box that a shape states itself; a placeholder may leave it to its layout. */
export const statedBox = (shape: XmlElement): Box | undefined => {
  const frame =
    child(shape, 'p:xfrm') ?? child(child(shape, 'p:spPr'), 'a:xfrm') ?? child(child(shape, 'p:grpSpPr'), 'a:xfrm');
  return readBox(frame, 'a:off', 'a:ext');
};

const readBox = (frame: XmlElement | undefined, offset: string, extent: string): Box | undefined => {
  const at = child(frame, offset);
  const size = child(frame, extent);
  const [x, y, width, height] = [
    Number(attribute(at, 'x')),
    Number(attribute(at, 'y')),
    Number(attribute(size, 'cx')),
    Number(attribute(size, 'cy')),
  ];
  return [x, y, width, height].every(Number.isFinite) ? { x, y, width, height } : undefined;
};

/** Inside a group that shows its children moved and scaled. */
export const placingIn = (group: XmlElement, outer: Placing): Placing => {
  const frame = child(child(group, 'p:grpSpPr'), 'a:xfrm');
  const shown = readBox(frame, 'a:off', 'a:ext');
  const inner = readBox(frame, 'a:chOff', 'a:chExt');
  if (!shown || !inner) return outer;
  const scaleX = inner.width > 0 ? shown.width / inner.width : 1;
  const scaleY = inner.height > 0 ? shown.height / inner.height : 1;
  return ({ x, y, width, height }) =>
    outer({
      x: shown.x + (x - inner.x) * scaleX,
      y: shown.y + (y - inner.y) * scaleY,
      width: width * scaleX,
      height: height * scaleY,
    });
};

/** Whether nothing of it can be seen. */
export const isBeside = (box: Box, slide: { width: number; height: number }): boolean =>
  box.x + box.width <= 0 || box.y + box.height <= 0 || box.x >= slide.width || box.y >= slide.height;
