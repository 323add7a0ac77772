/** HTML pages to a tree. */
import { parse } from 'parse5';
import type { ConversionMessage, SafetyFinding } from '../contracts/document.ts';
import { decodeText } from './decode-text.ts';
import type { HtmlElement, HtmlNode } from './html/dom.ts';
import { attribute, elementsAroundBlocks, isElement, rawText } from './html/dom.ts';
import { readFlow } from './html/flow.ts';
import { findFurniture } from './html/furniture.ts';
import { findNotes } from './html/notes.ts';
import type { HtmlReading } from './html/reading.ts';
import type { ConvertInput, RunningText, SourceTree } from './source-tree.ts';
import { countUnreadable, emptyTree } from './source-tree-parts.ts';
import { createUnseenLog, type UnseenLog } from './unseen-characters.ts';
import { runningLines } from './word-text/running-lines.ts';

/**
 * What the page shows, style sheets not applied. Scripts, comments, hidden elements and embedded pages are left out, and reported under
 * `safety`; menus, site heads and feet are running lines, unless the content is `part` of something else (a mail, a chapter).
 * Pictures are their alternative text.
 */
export const fromHtml = (input: ConvertInput, content: 'page' | 'part' = 'page'): SourceTree => {
  const head = new TextDecoder('latin1').decode(input.bytes.subarray(0, 2048));
  const declared = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1];
  const { text, messages } = decodeText(input.bytes, input.fileName, declared);
  const page = parse(text, { scriptingEnabled: false });
  const found = survey(page.childNodes);
  const reading: HtmlReading = {
    around: elementsAroundBlocks(page),
    furniture: content === 'page' ? findFurniture(page) : new Map(),
    noteIds: found.noteIds,
    unfolding: found.unfolding,
    base: found.base,
    notes: findNotes(found.elements),
    depth: 0,
    unseen: found.unseen,
    look: { colour: undefined, ground: found.mayColour ? undefined : PAPER, isTiny: false },
    flattened: false,
  };
  const tree = emptyTree(readFlow(reading, page.childNodes));
  tree.runningLines = readFurniture(reading);
  tree.messages = [...messages, ...(reading.flattened ? [FLATTENED] : [])];
  tree.safety = [...found.unseen.findings(), ...findings(found)];
  tree.metadata = found.metadata;
  tree.unreadableCharacters = countUnreadable(text);
  if (found.title) tree.title = found.title;
  if (found.language) tree.language = found.language;
  return tree;
};

const PAPER = 'ffffff';

/** Menus, heads and feet as lines of their own. */
const readFurniture = (reading: HtmlReading): RunningText[] =>
  runningLines(
    [...reading.furniture].map(([element, position]) => ({
      blocks: readFlow({ ...reading, furniture: new Map() }, [element]),
      position,
    })),
  );

const FLATTENED: ConversionMessage = {
  level: 'warning',
  code: 'NESTING_FLATTENED',
  text: 'Elements nested very deep were kept as plain text.',
};

interface Survey {
  /** All of the page, in order. */
  elements: HtmlElement[];
  noteIds: Set<string>;
  unfolding: Set<string>;
  base: string | undefined;
  unseen: UnseenLog;
  /** A style sheet may give some part of the page a ground of its own. */
  mayColour: boolean;
  scripts: number;
  embedded: number;
  title?: string;
  language?: string;
  metadata: Record<string, string>;
}

/** One walk over all elements for what is not in the text. */
const survey = (nodes: readonly HtmlNode[]): Survey => {
  const found: Survey = {
    elements: [],
    noteIds: new Set(),
    unfolding: new Set(),
    base: undefined,
    unseen: createUnseenLog(),
    mayColour: false,
    scripts: 0,
    embedded: 0,
    metadata: {},
  };
  const waiting = nodes.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if ('data' in node) noteComment(found, node.data);
    if (!isElement(node)) continue;
    found.elements.push(node);
    for (const id of attribute(node, 'aria-controls')?.split(/\s+/) ?? []) if (id !== '') found.unfolding.add(id);
    note(found, node);
    for (const child of node.childNodes.toReversed()) waiting.push(child);
  }
  return found;
};

/** Conditions for browsers of one kind are no remarks. */
const noteComment = (found: Survey, data: string): void => {
  const text = data.replace(/\s+/g, ' ').trim();
  if (/^(?:\[(?:if|end)|\?)/i.test(text) || !/[\p{L}\p{N}]/u.test(text)) return;
  found.unseen.add('comment', undefined, [...text].length, `${text} `);
};

const note = (found: Survey, element: HtmlElement): void => {
  switch (element.tagName) {
    case 'html':
      found.language = attribute(element, 'lang')?.trim() ?? '';
      return;
    case 'base': {
      const href = attribute(element, 'href') ?? '';
      if (/^https?:/i.test(href) && URL.canParse(href)) found.base ??= href;
      return;
    }
    case 'title':
      found.title ??= rawTitle(element);
      return;
    case 'meta':
      noteMeta(found, element);
      return;
    case 'style':
      found.mayColour ||= element.childNodes.some((node) => 'value' in node && /background/i.test(node.value));
      return;
    case 'link':
      found.mayColour ||= /\bstylesheet\b/i.test(attribute(element, 'rel') ?? '');
      return;
    case 'script':
      found.scripts += 1;
      return;
    case 'iframe':
    case 'frame':
    case 'object':
    case 'embed':
      found.embedded += 1;
      return;
    default:
      if (attribute(element, 'role') !== 'doc-endnotes') return;
      for (const list of element.childNodes.filter(isElement)) {
        for (const item of list.childNodes.filter(isElement)) found.noteIds.add(attribute(item, 'id') ?? '');
      }
  }
};

const rawTitle = (element: HtmlElement): string => element.childNodes.map(rawText).join('').replace(/\s+/g, ' ').trim();

const KEPT_META = new Set([
  'author',
  'description',
  'keywords',
  'generator',
  'date',
  'dcterms.date',
  'dcterms.created',
]);

const noteMeta = (found: Survey, element: HtmlElement): void => {
  const name = attribute(element, 'name')?.toLowerCase() ?? '';
  const content = attribute(element, 'content')?.trim();
  if (KEPT_META.has(name) && content) found.metadata[name] = content;
};

const findings = (found: Survey): SafetyFinding[] => {
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const all: SafetyFinding[] = [];
  if (found.scripts > 0)
    all.push({ code: 'SCRIPT', text: `${count(found.scripts, 'script')} in the page; none was run.` });
  if (found.embedded > 0) {
    all.push({
      code: 'EXTERNAL_RESOURCE',
      text: `${count(found.embedded, 'embedded page')} or object was not loaded.`,
    });
  }
  return all;
};
