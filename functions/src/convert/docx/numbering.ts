/** Word's automatic numbers: they are nowhere in the text and have to be counted as Word counts them. */
import type { NumberStyle } from '../list-numbers.ts';
import { formatNumber } from '../list-numbers.ts';
import type { XmlElement } from '../ooxml/xml.ts';
import { attribute, child, childValue, elementsOf, toggle } from '../ooxml/xml.ts';
import { readIndent } from './styles.ts';
import { showSymbol } from './symbols.ts';

export interface ListLevel {
  start: number;
  format: string;
  /** "%1.%2." */
  text: string;
  /** 0: never restarts; n: restarts only after level n. */
  restartAfter?: number;
  legal: boolean;
  styleId?: string;
  indentLeft?: number;
  symbolFont: boolean;
}

export interface Numbering {
  abstractId: string;
  levels: ReadonlyMap<number, ListLevel>;
  startOverrides: ReadonlyMap<number, number>;
}

export interface ListNumber {
  /** As shown; empty if the level shows nothing. */
  text: string;
  isBullet: boolean;
  level: number;
  /** Twips. */
  indentLeft?: number;
  /** Paragraphs of the same list have the same one. */
  listId: string;
}

export interface NumberCounter {
  /** Counts one paragraph; undefined if the reference leads to no list. */
  next(numId: string, level: number | undefined, styleId: string | undefined): ListNumber | undefined;
}

const MAX_LEVEL = 8;

export const createNumberCounter = (root: XmlElement | undefined): NumberCounter => countNumbers(readDefinitions(root));

/** `definitions`: by the number that paragraphs name. */
export const countNumbers = (definitions: ReadonlyMap<string, Numbering>): NumberCounter => {
  const counters = new Map<string, Map<number, number>>();
  const started = new Set<string>();
  return {
    next: (numId, askedLevel, styleId) => {
      const numbering = definitions.get(numId);
      if (!numbering) return undefined;
      const level = Math.min(MAX_LEVEL, Math.max(0, askedLevel ?? levelOfStyle(numbering, styleId)));
      const definition = numbering.levels.get(level);
      if (!definition) return undefined;
      const counter = counters.get(numbering.abstractId) ?? new Map<number, number>();
      counters.set(numbering.abstractId, counter);
      count(numbering, numId, level, counter, started);
      const number: ListNumber = {
        text: showNumber(numbering, level, counter),
        isBullet: definition.format === 'bullet',
        level,
        listId: numbering.abstractId,
      };
      return definition.indentLeft === undefined ? number : { ...number, indentLeft: definition.indentLeft };
    },
  };
};

const levelOfStyle = (numbering: Numbering, styleId: string | undefined): number => {
  for (const [level, definition] of numbering.levels) {
    if (styleId !== undefined && definition.styleId === styleId) return level;
  }
  return 0;
};

const count = (
  numbering: Numbering,
  numId: string,
  level: number,
  counter: Map<number, number>,
  started: Set<string>,
): void => {
  const key = `${numId}/${level}`;
  const override = numbering.startOverrides.get(level);
  const previous = counter.get(level);
  if (override !== undefined && !started.has(key)) counter.set(level, override);
  else counter.set(level, previous === undefined ? (numbering.levels.get(level)?.start ?? 1) : previous + 1);
  started.add(key);
  for (let deeper = level + 1; deeper <= MAX_LEVEL; deeper++) {
    const after = numbering.levels.get(deeper)?.restartAfter;
    if (after === undefined || (after > 0 && level < after)) counter.delete(deeper);
  }
};

const showNumber = (numbering: Numbering, level: number, counter: ReadonlyMap<number, number>): string => {
  const definition = numbering.levels.get(level);
  if (!definition || definition.format === 'none') return '';
  if (definition.format === 'bullet') return showBullet(definition);
  return definition.text
    .replace(/%([1-9])/g, (_, digit: string) => {
      const shown = Number(digit) - 1;
      const source = numbering.levels.get(shown);
      const style = definition.legal && shown < level ? 'decimal' : (source?.format ?? 'decimal');
      return style === 'none' ? '' : formatNumber(counter.get(shown) ?? source?.start ?? 1, style as NumberStyle);
    })
    .replace(/\s+/g, ' ')
    .trim();
};

/** Word draws its second bullet with the letter o. */
const LETTER_BULLET = /^[\p{L}\p{N}]$/u;

const showBullet = (definition: ListLevel): string => {
  const text = definition.text.trim();
  if (text === '') return '';
  if (!definition.symbolFont && LETTER_BULLET.test(text)) return '◦';
  return [...text].map((character) => showSymbol(character, definition.symbolFont)).join('') || '•';
};

const readDefinitions = (root: XmlElement | undefined): Map<string, Numbering> => {
  const abstracts = new Map(
    elementsOf(root, 'w:abstractNum').map((element) => [attribute(element, 'abstractNumId') ?? '', element]),
  );
  const byStyleLink = new Map<string, string>();
  for (const [id, element] of abstracts) {
    const link = childValue(element, 'w:styleLink');
    if (link !== undefined) byStyleLink.set(link, id);
  }
  const definitions = new Map<string, Numbering>();
  for (const element of elementsOf(root, 'w:num')) {
    const given = childValue(element, 'w:abstractNumId') ?? '';
    const link = childValue(abstracts.get(given), 'w:numStyleLink');
    const abstractId = (link !== undefined && byStyleLink.get(link)) || given;
    const levels = readLevels(abstracts.get(abstractId));
    const startOverrides = new Map<number, number>();
    for (const override of elementsOf(element, 'w:lvlOverride')) {
      const level = Number(attribute(override, 'ilvl') ?? 0);
      const start = childValue(override, 'w:startOverride');
      if (start !== undefined) startOverrides.set(level, Number(start));
      const replaced = child(override, 'w:lvl');
      if (replaced) levels.set(level, readLevel(replaced));
    }
    definitions.set(attribute(element, 'numId') ?? '', { abstractId, levels, startOverrides });
  }
  return definitions;
};

const readLevels = (abstract: XmlElement | undefined): Map<number, ListLevel> =>
  new Map(
    elementsOf(abstract, 'w:lvl').map((element) => [Number(attribute(element, 'ilvl') ?? 0), readLevel(element)]),
  );

const readLevel = (element: XmlElement): ListLevel => {
  const restart = childValue(element, 'w:lvlRestart');
  const styleId = childValue(element, 'w:pStyle');
  const indentLeft = readIndent(child(element, 'w:pPr'));
  const fonts = child(child(element, 'w:rPr'), 'w:rFonts');
  return {
    start: Number(childValue(element, 'w:start') ?? 1),
    format: childValue(element, 'w:numFmt') ?? 'decimal',
    text: childValue(element, 'w:lvlText') ?? '',
    legal: toggle(element, 'w:isLgl') ?? false,
    symbolFont: /symbol|wingdings|webdings/i.test(attribute(fonts, 'ascii') ?? attribute(fonts, 'hAnsi') ?? ''),
    ...(restart === undefined ? {} : { restartAfter: Number(restart) }),
    ...(styleId === undefined ? {} : { styleId }),
    ...(indentLeft === undefined ? {} : { indentLeft }),
  };
};
