/** Nests list items by their indent and by their kind of mark: (a), then (1), then (i), as clauses are written even without indents. */
import type { List, ListItem, Paragraph, RootContent } from 'mdast';
import type { Provenance } from '../source-tree.ts';
import type { ListMarker } from './layout-model.ts';
import { isNext, kindOf } from './list-marks.ts';

const SAME_INDENT_PT = 5;

export interface ItemPlace {
  marker: ListMarker;
  /** Indent of the mark and of the text, compared across pages and columns. */
  indent: number;
  contentIndent: number;
}

interface Level {
  indent: number;
  contentIndent: number;
  kind: ListMarker['kind'];
  list: List;
  item: ListItem;
  mark: string;
}

const numberOf = (mark: string): number => Number(/\d+/.exec(mark)?.[0] ?? Number.NaN);
const bare = (mark: string): string => mark.replace(/[().]/g, '');

/** Only "1." and "1)" can be written as Markdown's own numbers; any other mark stays in the text. */
const isOrderedMark = (mark: string): boolean => /^\d{1,3}[.)]$/.test(mark);

const isFirst = (mark: string): boolean => /^(?:1|a|i)$/i.test(bare(mark));

export interface ListBuilder {
  /** Adds an item. Its mark is shown from `provenance.numbering`, so `paragraph` is without it. */
  item(place: ItemPlace, paragraph: Paragraph, provenance: Provenance): void;
  /** Adds a further paragraph to the item it is indented under; false when it belongs to none. */
  continuation(indent: number, node: RootContent): boolean;
  /** Ends the open list, if any. */
  end(): void;
}

/** Lists are pushed to `into` as they begin. */
export const createListBuilder = (into: (list: List) => void): ListBuilder => {
  let levels: Level[] = [];

  const open = (place: ItemPlace, item: ListItem, attach: (list: List) => void): void => {
    const { text } = place.marker;
    const kind = kindOf(place.marker);
    const ordered = isOrderedMark(text);
    const list: List = {
      type: 'list',
      ordered,
      spread: false,
      children: [item],
      ...(ordered ? { start: numberOf(text) } : {}),
    };
    attach(list);
    levels.push({ indent: place.indent, contentIndent: place.contentIndent, kind, list, item, mark: text });
  };

  const addTo = (level: Level, place: ItemPlace, item: ListItem): void => {
    level.list.children.push(item);
    Object.assign(level, { item, mark: place.marker.text, contentIndent: place.contentIndent });
  };

  const attachBelow = (level: Level | undefined): ((list: List) => void) =>
    level ? (list) => level.item.children.push(list) : into;

  /** Lists whose marks stay in the text may leave some out. */
  const fits = (level: Level, { marker }: ItemPlace): boolean =>
    !isOrderedMark(marker.text) && level.list.ordered !== true && level.kind === kindOf(marker);

  const isBeside = (level: Level, { indent }: ItemPlace): boolean => Math.abs(level.indent - indent) <= SAME_INDENT_PT;

  /** Numbers that end at one place, "ix." below "viii.", have their texts in line. */
  const isInLine = (level: Level, place: ItemPlace): boolean =>
    isBeside(level, place) || Math.abs(level.contentIndent - place.contentIndent) <= SAME_INDENT_PT;

  return {
    item(place, paragraph, provenance) {
      const item: ListItem = { type: 'listItem', spread: false, data: { provenance }, children: [paragraph] };
      const next = levels.findLastIndex((level) => isInLine(level, place) && isNext(level.mark, place.marker.text));
      const at = next >= 0 ? next : levels.findLastIndex((level) => isBeside(level, place) && fits(level, place));
      const level = levels[at];
      if (level) {
        levels = levels.slice(0, at + 1);
        addTo(level, place, item);
        return;
      }
      while ((levels.at(-1)?.indent ?? Number.NEGATIVE_INFINITY) > place.indent + SAME_INDENT_PT) levels.pop();
      const top = levels.at(-1);
      const clauses = place.marker.kind !== 'bullet' && top?.kind !== 'bullet';
      const begins = isFirst(place.marker.text) && top?.kind !== kindOf(place.marker);
      if (top && isBeside(top, place) && !(clauses && begins)) levels.pop();
      open(place, item, attachBelow(levels.at(-1)));
    },
    continuation(indent, node) {
      const at = levels.findLastIndex((level) => indent >= level.contentIndent - SAME_INDENT_PT);
      const level = levels[at];
      if (!level) return false;
      levels = levels.slice(0, at + 1);
      level.item.children.push(node as ListItem['children'][number]);
      return true;
    },
    end() {
      levels = [];
    },
  };
};
