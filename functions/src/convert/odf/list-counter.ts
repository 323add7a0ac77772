/** Numbers of lists and headings: only their styles are in the file, so they have to be counted (OpenDocument 1.3 part 3, 5.3, 16.30). */
import type { ListNumber } from '../docx/numbering.ts';
import { showSymbol } from '../docx/symbols.ts';
import type { NumberStyle } from '../list-numbers.ts';
import { formatNumber } from '../list-numbers.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, elementsOf } from '../ooxml/xml.ts';

interface Level {
  /** Empty: shows nothing. Undefined: a bullet. */
  format: string | undefined;
  /** "%1%.%2%."; levels are 1-based. */
  pattern: string;
  bullet: string;
  start: number;
}

/** One list with all that goes on with its numbers. */
export interface ListChain {
  id: string;
  styleName: string;
  /** Last number by level. */
  counters: (number | undefined)[];
}

const MAX_LEVEL = 9;
const OUTLINE = ' outline';

export class ListCounter {
  readonly #styles = new Map<string, Level[]>();
  readonly #chains = new Map<string, ListChain>();
  readonly #latest = new Map<string, ListChain>();
  readonly #outline: ListChain = { id: OUTLINE, styleName: OUTLINE, counters: [] };
  #count = 0;

  constructor(content: XmlElement, styles: XmlElement | undefined) {
    const groups = [
      child(styles, 'office:styles'),
      child(styles, 'office:automatic-styles'),
      child(content, 'office:automatic-styles'),
    ];
    for (const element of groups.flatMap((group) => elementsOf(group))) {
      if (element.name === 'text:list-style') this.#styles.set(attribute(element, 'name') ?? '', readLevels(element));
      if (element.name === 'text:outline-style') this.#styles.set(OUTLINE, readLevels(element));
    }
  }

  /** For a list that is in no other one. */
  begin(list: XmlElement): ListChain {
    const id = attribute(list, 'id') ?? attribute(list, 'list-id');
    const styleName = attribute(list, 'style-name') ?? '';
    const continued =
      this.#chains.get(attribute(list, 'continue-list') ?? attribute(list, 'list-id') ?? '') ??
      (attribute(list, 'continue-numbering') === 'true' ? this.#latest.get(styleName) : undefined);
    const chain = continued ?? { id: `list ${++this.#count}`, styleName, counters: [] };
    if (id !== undefined) this.#chains.set(id, chain);
    this.#latest.set(styleName, chain);
    return chain;
  }

  /** Counts an item. `styleName`: of the innermost list that names one; `level`: 0-based; `start`: where the item begins anew. */
  next(chain: ListChain, styleName: string, level: number, start?: string): ListNumber {
    const at = Math.min(level, MAX_LEVEL);
    const levels = this.#styles.get(styleName) ?? [];
    const definition = levels[at];
    const counted = chain.counters[at];
    const given = Number.parseInt(start ?? '', 10);
    chain.counters.length = Math.min(chain.counters.length, at);
    chain.counters[at] = given >= 0 ? given : counted === undefined ? (definition?.start ?? 1) : counted + 1;
    const isBullet = definition?.format === undefined;
    const text = isBullet ? (definition?.bullet ?? '•') : showNumber(levels, at, chain.counters);
    return { text, isBullet, level, listId: chain.id };
  }

  /** Counts a heading that is in no list. */
  nextHeading(level: number, start?: string): ListNumber | undefined {
    if (!this.#styles.has(OUTLINE)) return undefined;
    const number = this.next(this.#outline, OUTLINE, level, start);
    return number.isBullet || number.text === '' ? undefined : number;
  }
}

const readLevels = (style: XmlElement): Level[] => {
  const levels: Level[] = [];
  for (const element of elementsOf(style)) {
    const level = Number(attribute(element, 'level')) - 1;
    if (level >= 0 && level <= MAX_LEVEL) levels[level] = readLevel(element, level);
  }
  for (let level = 1; level <= MAX_LEVEL; level++) {
    const above = levels[level - 1];
    if (!levels[level] && above) levels[level] = oneDeeper(above, level);
  }
  return levels;
};

/** A level that a style says nothing of looks like the one above, and shows its own number. */
const oneDeeper = (above: Level, level: number): Level => ({
  ...above,
  pattern: above.pattern.replaceAll(`%${level}%`, `%${level + 1}%`),
});

const readLevel = (element: XmlElement, level: number): Level => {
  const bullet = attribute(element, 'bullet-char');
  const isBullet = /-(?:bullet|image)$/.test(element.name);
  const shown = Math.min(Number(attribute(element, 'display-levels') ?? 1) || 1, level + 1);
  const numbers = Array.from({ length: shown }, (_, index) => `%${level - shown + index + 2}%`).join('.');
  const composed = `${attribute(element, 'num-prefix') ?? ''}${numbers}${attribute(element, 'num-suffix') ?? ''}`;
  return {
    format: isBullet ? undefined : (attribute(element, 'num-format') ?? ''),
    pattern: attribute(element, 'num-list-format') ?? composed,
    bullet: bullet === undefined ? '•' : [...bullet.trim()].map((letter) => showSymbol(letter, false)).join(''),
    start: Number.parseInt(attribute(element, 'start-value') ?? '1', 10) || 0,
  };
};

const FORMATS: Readonly<Record<string, NumberStyle>> = {
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
  '1st': 'ordinal',
  '01': 'decimalZero',
};

const showNumber = (levels: readonly Level[], level: number, counters: readonly (number | undefined)[]): string => {
  const definition = levels[level];
  if (!definition?.format) return '';
  return definition.pattern
    .replace(/%(\d{1,2})%/g, (_, digits: string) => {
      const shown = Number(digits) - 1;
      const source = levels[shown];
      if (!source?.format) return '';
      return formatNumber(counters[shown] ?? source.start, FORMATS[source.format] ?? 'decimal');
    })
    .replace(/\s+/g, ' ')
    .trim();
};
