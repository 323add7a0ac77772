/** HTML pages to a tree. */
import { parse } from 'parse5';
import type { ConversionMessage, SafetyFinding } from '../contracts/document.ts';
import { decodeText } from './decode-text.ts';
import type { HtmlElement, HtmlNode } from './html/dom.ts';
import { attribute, elementsAroundBlocks, isElement, rawText } from './html/dom.ts';
import { readFlow } from './html/flow.ts';
import type { HtmlReading } from './html/reading.ts';
import type { ConvertInput, SourceTree } from './source-tree.ts';
import { countUnreadable, emptyTree } from './source-tree-parts.ts';

/**
 * What the page shows, style sheets not applied. Scripts, hidden elements and embedded pages are left out, and reported under `safety`.
 * Pictures are their alternative text.
 */
export const fromHtml = (input: ConvertInput): SourceTree => {
  const head = new TextDecoder('latin1').decode(input.bytes.subarray(0, 2048));
  const declared = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1];
  const { text, messages } = decodeText(input.bytes, input.fileName, declared);
  const page = parse(text, { scriptingEnabled: false });
  const found = survey(page.childNodes);
  const reading: HtmlReading = {
    around: elementsAroundBlocks(page),
    noteIds: found.noteIds,
    depth: 0,
    hiddenPlaces: 0,
    flattened: false,
  };
  const tree = emptyTree(readFlow(reading, page.childNodes));
  tree.messages = [...messages, ...(reading.flattened ? [FLATTENED] : [])];
  tree.safety = findings(found, reading.hiddenPlaces);
  tree.metadata = found.metadata;
  tree.unreadableCharacters = countUnreadable(text);
  if (found.title) tree.title = found.title;
  if (found.language) tree.language = found.language;
  return tree;
};

const FLATTENED: ConversionMessage = {
  level: 'warning',
  code: 'NESTING_FLATTENED',
  text: 'Elements nested very deep were kept as plain text.',
};

interface Survey {
  noteIds: Set<string>;
  scripts: number;
  embedded: number;
  title?: string;
  language?: string;
  metadata: Record<string, string>;
}

/** One walk over all elements for what is not in the text. */
const survey = (nodes: readonly HtmlNode[]): Survey => {
  const found: Survey = { noteIds: new Set(), scripts: 0, embedded: 0, metadata: {} };
  const waiting = [...nodes];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!isElement(node)) continue;
    note(found, node);
    for (const child of node.childNodes) waiting.push(child);
  }
  return found;
};

const note = (found: Survey, element: HtmlElement): void => {
  switch (element.tagName) {
    case 'html':
      found.language = attribute(element, 'lang')?.trim() ?? '';
      return;
    case 'title':
      found.title ??= rawTitle(element);
      return;
    case 'meta':
      noteMeta(found, element);
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

const findings = (found: Survey, hiddenPlaces: number): SafetyFinding[] => {
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const all: SafetyFinding[] = [];
  if (hiddenPlaces > 0) {
    all.push({
      code: 'HIDDEN_TEXT',
      text: `Text in ${count(hiddenPlaces, 'hidden element')} was left out; readers do not see it.`,
    });
  }
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
