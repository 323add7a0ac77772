/** Nests list items by their indent and by their kind of mark: (a), then (1), then (i), as clauses are written even without indents. */
import type { List, ListItem, Paragraph, RootContent } from 'mdast';
import type { Provenance } from '../source-tree.ts';
import type { ListMarker } from './layout-model.ts';

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
const follows = (previous: string, mark: string): boolean => {
  const [a, b] = [bare(previous), bare(mark)];
  return a.length === 1 && b.length === 1 && b.charCodeAt(0) === a.charCodeAt(0) + 1;
};

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
    const { text, kind } = place.marker;
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

  const fits = (level: Level, { marker }: ItemPlace): boolean => {
    const ordered = isOrderedMark(marker.text);
    if (ordered !== (level.list.ordered === true)) return false;
    if (ordered) return numberOf(marker.text) === numberOf(level.mark) + 1;
    return level.kind === marker.kind || follows(level.mark, marker.text);
  };

  return {
    item(place, paragraph, provenance) {
      const item: ListItem = { type: 'listItem', spread: false, data: { provenance }, children: [paragraph] };
      const at = levels.findLastIndex(
        (level) => Math.abs(level.indent - place.indent) <= SAME_INDENT_PT && fits(level, place),
      );
      const level = levels[at];
      if (level) {
        levels = levels.slice(0, at + 1);
        addTo(level, place, item);
        return;
      }
      while ((levels.at(-1)?.indent ?? Number.NEGATIVE_INFINITY) > place.indent + SAME_INDENT_PT) levels.pop();
      const top = levels.at(-1);
      const besideTop = top && Math.abs(top.indent - place.indent) <= SAME_INDENT_PT;
      const clauses = place.marker.kind !== 'bullet' && top?.kind !== 'bullet';
      if (besideTop && !(clauses && top.kind !== place.marker.kind && isFirst(place.marker.text))) levels.pop();
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
