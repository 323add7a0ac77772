/** Whether the eye sees a run of a Word document: hidden, in the colour of its ground, or too small. */
import type { UnseenReason } from '../../contracts/document.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, childValue, toggle } from '../ooxml/xml.ts';

export interface RunLook {
  hidden?: boolean;
  /** Six hexadecimal digits, or "auto", which is always readable. */
  colour?: string;
  /** Six hexadecimal digits. */
  ground?: string;
  isHighlighted?: boolean;
  halfPoints?: number;
}

/** The largest size that nobody reads: 1 pt. */
const TINY_HALF_POINTS = 2;
/** Colours whose channels differ by no more look the same. */
const SAME_CHANNEL = 8;

/** The fill of `w:shd` (ECMA-376 part 1, 17.3.5): undefined if what lies below shows through. A pattern is not one colour: "pattern". */
export const readGround = (properties: XmlElement | undefined): string | undefined => {
  const shading = child(properties, 'w:shd');
  const fill = attribute(shading, 'fill');
  const pattern = attribute(shading, 'val');
  if (pattern !== undefined && !/^(?:clear|nil|none)$/.test(pattern)) return 'pattern';
  return fill === undefined || fill === 'auto' ? undefined : fill;
};

/** `properties`: a `w:rPr`. Only what it says itself. */
export const readLook = (properties: XmlElement | undefined): RunLook => {
  const look: RunLook = {};
  const hidden = toggle(properties, 'w:vanish');
  const colour = childValue(properties, 'w:color');
  const ground = readGround(properties);
  const highlight = childValue(properties, 'w:highlight');
  const halfPoints = Number(childValue(properties, 'w:sz') ?? Number.NaN);
  if (hidden !== undefined) look.hidden = hidden;
  if (colour !== undefined) look.colour = colour;
  if (ground !== undefined) look.ground = ground;
  if (highlight !== undefined) look.isHighlighted = !/^(?:none|white)$/.test(highlight);
  if (!Number.isNaN(halfPoints)) look.halfPoints = halfPoints;
  return look;
};

/** `ground`: what lies behind the paragraph, undefined if that is not known. Undefined if the run can be seen. */
export const unseenReason = (look: RunLook, ground: string | undefined): UnseenReason | undefined => {
  if (look.hidden) return 'hidden';
  if (look.halfPoints !== undefined && look.halfPoints <= TINY_HALF_POINTS) return 'tiny';
  const behind = look.ground ?? ground;
  if (look.isHighlighted || look.colour === undefined || behind === undefined) return undefined;
  return looksSame(look.colour, behind) ? 'same_colour' : undefined;
};

const looksSame = (one: string, other: string): boolean => {
  const [a, b] = [channelsOf(one), channelsOf(other)];
  return a !== undefined && b !== undefined && a.every((value, at) => Math.abs(value - (b[at] ?? 0)) <= SAME_CHANNEL);
};

const channelsOf = (colour: string): number[] | undefined => {
  const match = /^([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  return match?.slice(1).map((channel) => Number.parseInt(channel, 16));
};
