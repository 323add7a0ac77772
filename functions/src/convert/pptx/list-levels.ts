/** Bullets and numbers of paragraphs, as they are inherited (ECMA-376 part 1, 21.1.2.4). */
import { showSymbol } from '../docx/symbols.ts';
import type { NumberStyle } from '../list-numbers.ts';
import { formatNumber } from '../list-numbers.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, elementsOf } from '../ooxml/xml.ts';

type Bullet = { kind: 'none' } | { kind: 'char'; text: string } | { kind: 'number'; scheme: string; startAt: number };

export interface ListLevel {
  bullet: Bullet;
  /** 0–8. */
  level: number;
  /** From the frame's left side to the text, and to its first line; English Metric Units. */
  textLeft: number;
  firstLineLeft: number;
}

const MAX_LEVEL = 8;
const SYMBOL_FONT = /symbol|wingdings|webdings/i;

/** `inherited`: list styles, the nearest first; each says something of nine levels or nothing. */
export const readListLevel = (
  properties: XmlElement | undefined,
  inherited: readonly (XmlElement | undefined)[],
): ListLevel => {
  const level = Math.min(MAX_LEVEL, Math.max(0, toNumber(attribute(properties, 'lvl')) ?? 0));
  const sources = [properties, ...inherited.map((style) => child(style, `a:lvl${level + 1}pPr`))];
  const first = <T>(read: (source: XmlElement) => T | undefined): T | undefined => {
    for (const source of sources) {
      const found = source && read(source);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const font = first((source) => attribute(child(source, 'a:buFont'), 'typeface')) ?? '';
  const textLeft = first((source) => toNumber(attribute(source, 'marL'))) ?? 0;
  const indent = first((source) => toNumber(attribute(source, 'indent'))) ?? 0;
  const bullet = first((source) => readBullet(source, SYMBOL_FONT.test(font))) ?? { kind: 'none' };
  return { bullet, level, textLeft, firstLineLeft: textLeft + indent };
};

const toNumber = (value: string | undefined): number | undefined => {
  const number = Number.parseInt(value ?? '', 10);
  return Number.isNaN(number) ? undefined : number;
};

const readBullet = (properties: XmlElement, symbolFont: boolean): Bullet | undefined => {
  for (const element of elementsOf(properties)) {
    switch (element.name) {
      case 'a:buNone':
        return { kind: 'none' };
      case 'a:buChar': {
        const text = [...(attribute(element, 'char') ?? '')].map((letter) => showSymbol(letter, symbolFont)).join('');
        return { kind: 'char', text: text.trim() || '•' };
      }
      case 'a:buBlip':
        return { kind: 'char', text: '•' };
      case 'a:buAutoNum': {
        const startAt = toNumber(attribute(element, 'startAt')) ?? 1;
        return { kind: 'number', scheme: attribute(element, 'type') ?? 'arabicPeriod', startAt };
      }
      default:
    }
  }
  return undefined;
};

const STYLES: Readonly<Record<string, NumberStyle>> = {
  alphaLc: 'lowerLetter',
  alphaUc: 'upperLetter',
  romanLc: 'lowerRoman',
  romanUc: 'upperRoman',
};

/** A number as its scheme shows it (20.1.10.61): "alphaLcParenBoth" gives "(a)"; schemes of other scripts give figures. */
export const showAutoNumber = (value: number, scheme: string): string => {
  const shown = formatNumber(value, STYLES[scheme.replace(/P(?:aren|eriod|lain).*$/, '')] ?? 'decimal');
  if (scheme.endsWith('ParenBoth')) return `(${shown})`;
  if (scheme.endsWith('ParenR')) return `${shown})`;
  return scheme.endsWith('Plain') ? shown : `${shown}.`;
};

/** Counts numbered paragraphs of one frame: a paragraph above, or another scheme beside, begins a list anew. */
export class AutoNumberCounter {
  readonly #levels: { key: string; value: number }[] = [];

  next(level: number, scheme: string, startAt: number): number {
    const key = `${scheme} ${startAt}`;
    const open = this.#levels[level];
    const value = open?.key === key ? open.value + 1 : startAt;
    this.#levels.length = level;
    this.#levels[level] = { key, value };
    return value;
  }

  /** A paragraph without a number ends the lists at its level and below. */
  interrupt(level: number): void {
    this.#levels.length = Math.min(this.#levels.length, level);
  }
}
