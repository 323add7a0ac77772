/** Word and plain text have no lists, only paragraphs with numbers; here they become lists inside lists. */
import type { List, ListItem, RootContent } from 'mdast';

interface ListEntry {
  /** What is shown in front; empty for nothing. */
  numbering: string;
  isBullet: boolean;
  level: number;
  listId: string;
  /** How far the item stands from the left, if known, in any one unit. */
  indentLeft: number | undefined;
  /** The same for its text, where the marker hangs to the left of it. */
  textLeft?: number;
  content: RootContent;
}

interface OpenList {
  list: List;
  entry: ListEntry;
}

export class ListBuilder {
  readonly #blocks: RootContent[];
  readonly #open: OpenList[] = [];

  /** Lists go to the end of `blocks`. */
  constructor(blocks: RootContent[]) {
    this.#blocks = blocks;
  }

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  add(entry: ListEntry): void {
    let joined = false;
    while (this.#open.length > 0 && !joined) {
      const top = this.#open.at(-1);
      if (!top) break;
      const place = compare(entry, top.entry);
      if (place === 'deeper') break;
      if (place === 'same' && belongsTo(entry, top)) joined = true;
      else this.#open.pop();
      if (place === 'same') break;
    }
    const list = joined ? this.#open.at(-1)?.list : this.#openList(entry);
    const item: ListItem = {
      type: 'listItem',
      spread: false,
      children: [entry.content as ListItem['children'][number]],
    };
    if (entry.numbering !== '') item.data = { provenance: { numbering: entry.numbering } };
    list?.children.push(item);
    if (joined) this.#open[this.#open.length - 1] = { list: list as List, entry };
  }

  /** Puts a block under the current item, if it is indented as far as that item's text. */
  addContinuation(block: RootContent, indentLeft: number): boolean {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const open = this.#open[i];
      const needed = open?.entry.textLeft ?? open?.entry.indentLeft ?? 0;
      if (!open || needed <= 0 || indentLeft < needed) continue;
      this.#open.length = i + 1;
      open.list.children.at(-1)?.children.push(block as ListItem['children'][number]);
      return true;
    }
    return false;
  }

  /** Puts a block under the item at a level of its list, or the nearest one above. */
  addBelow(block: RootContent, level: number): boolean {
    while (this.#open.length > 1 && (this.#open.at(-1)?.entry.level ?? 0) > level) this.#open.pop();
    const item = this.#open.at(-1)?.list.children.at(-1);
    item?.children.push(block as ListItem['children'][number]);
    return item !== undefined;
  }

  end(): void {
    this.#open.length = 0;
  }

  #openList(entry: ListEntry): List {
    const list: List = { type: 'list', ordered: !entry.isBullet, spread: false, children: [] };
    const parent = this.#open.at(-1)?.list.children.at(-1);
    if (parent) parent.children.push(list);
    else this.#blocks.push(list);
    this.#open.push({ list, entry });
    return list;
  }
}

/** Where an entry stands relative to an open one: by level in the same list, by indent in another. */
const compare = (entry: ListEntry, open: ListEntry): 'deeper' | 'same' | 'higher' => {
  const byLevel = entry.level - open.level;
  const known = entry.indentLeft !== undefined && open.indentLeft !== undefined;
  const byIndent = known ? (entry.indentLeft ?? 0) - (open.indentLeft ?? 0) : 0;
  const difference = entry.listId === open.listId ? byLevel : known ? byIndent : byLevel;
  return difference > 0 ? 'deeper' : difference === 0 ? 'same' : 'higher';
};

/** Bullets at one indent are one list, whatever Word calls them. */
const belongsTo = (entry: ListEntry, { entry: open }: OpenList): boolean =>
  entry.isBullet === open.isBullet && (entry.isBullet || entry.listId === open.listId);
