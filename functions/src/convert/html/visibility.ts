/** What a browser shows of an element, by its attributes and inline style. Style sheets are not applied. */
import type { UnseenReason } from '../../contracts/document.ts';
import colourNames from './colour-names.json' with { type: 'json' };
import type { HtmlElement } from './dom.ts';
import { attribute } from './dom.ts';

/** What the text in an element inherits. */
export interface TextLook {
  /** Six hexadecimal digits; undefined if it is not known. */
  colour: string | undefined;
  /** The same of what lies behind. */
  ground: string | undefined;
  isTiny: boolean;
}

const COLOURS: Readonly<Record<string, string>> = colourNames;
/** A channel of a colour may differ by this much and nobody sees it. */
const SAME_CHANNEL = 8;

/** Declarations of an inline style, the last one of a name; empty without one. */
const declarations = (element: HtmlElement): Map<string, string> =>
  new Map(
    (attribute(element, 'style') ?? '').split(';').flatMap((declaration): [string, string][] => {
      const colon = declaration.indexOf(':');
      if (colon === -1) return [];
      const value = declaration.slice(colon + 1).replace(/!important/i, '');
      return [[declaration.slice(0, colon).trim().toLowerCase(), value.trim().toLowerCase()]];
    }),
  );

const FAR_OFF = /^-\d{4,}(?:\.\d+)?(?:px|pt)?$/;

/** Why the whole element is out of sight; undefined if it is not. */
export const unseenElement = (element: HtmlElement): UnseenReason | undefined => {
  if (element.attrs.length === 0) return undefined;
  if (attribute(element, 'hidden') !== undefined) return 'hidden';
  const style = declarations(element);
  if (/^none/.test(style.get('display') ?? '') || /^hidden|^collapse/.test(style.get('visibility') ?? ''))
    return 'hidden';
  if (/^all/.test(style.get('mso-hide') ?? '') || /^0(?:\.0*)?%?$/.test(style.get('opacity') ?? '')) return 'hidden';
  return ['left', 'top', 'right', 'text-indent', 'margin-left'].some((name) => FAR_OFF.test(style.get(name) ?? ''))
    ? 'off_page'
    : undefined;
};

/** Whether it is cut down to nothing by its inline style, as pages do with text for screen readers. */
export const isClipped = (element: HtmlElement): boolean => {
  if (attribute(element, 'style') === undefined) return false;
  const style = declarations(element);
  return (
    /^rect\(\s*(?:[01](?:px)?[\s,]*){4}\)$/.test(style.get('clip') ?? '') ||
    /^inset\(\s*(?:50|100)%\s*\)$/.test(style.get('clip-path') ?? '')
  );
};

/** What text right in the element looks like, if around it it looks like `outer`. */
export const lookIn = (element: HtmlElement, outer: TextLook): TextLook => {
  if (element.attrs.length === 0) return outer;
  const style = declarations(element);
  const look = { ...outer };
  const colour = style.get('color') ?? (element.tagName === 'font' ? attribute(element, 'color') : undefined);
  if (colour !== undefined) look.colour = toHex(colour);
  const ground = style.get('background-color') ?? style.get('background') ?? attribute(element, 'bgcolor');
  if (style.has('background-image') || attribute(element, 'background') !== undefined) look.ground = undefined;
  else if (ground !== undefined && !/^(?:transparent|none|inherit|initial)/.test(ground)) look.ground = toHex(ground);
  const size = style.get('font-size');
  if (size !== undefined) look.isTiny = isTiny(size);
  return look;
};

/** Why text of that look cannot be seen; undefined if it can. */
export const unseenText = ({ colour, ground, isTiny: tiny }: TextLook): UnseenReason | undefined => {
  if (tiny) return 'tiny';
  if (colour === TRANSPARENT) return 'hidden';
  if (colour === undefined || ground === undefined) return undefined;
  return channels(colour).every((value, at) => Math.abs(value - (channels(ground)[at] ?? 0)) <= SAME_CHANNEL)
    ? 'same_colour'
    : undefined;
};

const isTiny = (size: string): boolean => {
  const [, number, unit] = /^(\d*\.?\d+)(px|pt|em|rem|%|)$/.exec(size) ?? [];
  if (number === undefined) return false;
  return Number(number) === 0 || ((unit === 'px' || unit === 'pt') && Number(number) <= 1);
};

const TRANSPARENT = 'transparent';

const channels = (colour: string): number[] => [0, 2, 4].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** The colours people write: names of HTML 4, `#rgb`, `#rrggbb`, `rgb()`. Undefined for all others. */
const toHex = (value: string): string | undefined => {
  const colour = value.trim().toLowerCase();
  if (colour === TRANSPARENT) return TRANSPARENT;
  const named = COLOURS[colour];
  if (named !== undefined) return named;
  const [, short] = /^#([0-9a-f]{3})$/.exec(colour) ?? [];
  if (short !== undefined) return [...short].map((digit) => digit + digit).join('');
  const [, long] = /^#?([0-9a-f]{6})$/.exec(colour) ?? [];
  if (long !== undefined) return long;
  const [, ...parts] = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)$/.exec(colour) ?? [];
  return parts.length === 3 ? parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('') : undefined;
};
