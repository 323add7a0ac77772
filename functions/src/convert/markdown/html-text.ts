/** Raw HTML inside Markdown: what of it is text, what is markup, and what a careful reader should know of it. */
import type { Nodes } from 'mdast';
import type { DefaultTreeAdapterMap } from 'parse5';
import { parseFragment } from 'parse5';
import type { SafetyFinding } from '../../contracts/document.ts';

export interface HtmlTag {
  /** Lower case; empty for comments, declarations and what a browser does not show (script, style). */
  name: string;
  closes: boolean;
  attributes: string;
  /** Offsets in the scanned text. */
  start: number;
  end: number;
}

const TAG =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|template)\b[\s\S]*?(?:<\/\1\s*>|$)|<(\/?)([A-Za-z][^\s/<>]*)((?:"[^"]*"|'[^']*'|[^<>"'])*)>|<[!?][^<>]*>/gi;

/** The tags of a piece of HTML in order; all between them is text. A `<` that begins none is text too. */
export const htmlTags = (html: string): HtmlTag[] =>
  [...html.matchAll(TAG)].map((match) => ({
    name: (match[3] ?? '').toLowerCase(),
    closes: match[2] === '/',
    attributes: match[4] ?? '',
    start: match.index,
    end: match.index + match[0].length,
  }));

/** The value of a span attribute, 1 if there is none that makes sense. */
export const spanOf = (attributes: string, name: 'rowspan' | 'colspan'): number => {
  const value = Number(new RegExp(`\\b${name}\\s*=\\s*["']?(\\d{1,4})`, 'i').exec(attributes)?.[1] ?? 1);
  return Math.max(1, value);
};

/** Text of a piece of HTML as a browser shows it, on one line. */
export const visibleText = (html: string): string => {
  const shown = /[<&]/.test(html) ? textOf(parseFragment(html).childNodes) : html;
  return shown.replace(/\s+/g, ' ').trim();
};

const UNSEEN = new Set(['script', 'style', 'template']);
const INLINE = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** Whether a tag stands within a line of text. */
export const isInlineTag = (name: string): boolean =>
  INLINE.has(name) || name === 'br' || name === 'img' || name === '';

const textOf = (nodes: readonly DefaultTreeAdapterMap['childNode'][]): string =>
  nodes
    .map((node) => {
      if ('value' in node) return node.value;
      if (!('childNodes' in node) || UNSEEN.has(node.nodeName)) return '';
      const inner = textOf(node.childNodes);
      return INLINE.has(node.nodeName) ? inner : ` ${inner} `;
    })
    .join('');

/** Comments and scripts in a Markdown file: text that no reader of the rendered page sees. */
export class MarkupSurvey {
  #comments = 0;
  #scripts = 0;
  readonly #markdown: string;

  constructor(markdown: string) {
    this.#markdown = markdown;
  }

  add(top: Nodes): void {
    const waiting: Nodes[] = [top];
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if ('children' in node) for (const child of node.children) waiting.push(child);
      if (node.type !== 'html') continue;
      const source = this.#markdown.slice(node.position?.start.offset, node.position?.end.offset);
      if (/<!--[\s\S]*?[^\s-]/.test(source)) this.#comments++;
      if (/<script\b/i.test(source)) this.#scripts++;
    }
  }

  findings(): SafetyFinding[] {
    return findingsOf(this.#comments, this.#scripts);
  }
}

const findingsOf = (comments: number, scripts: number): SafetyFinding[] => {
  const findings: SafetyFinding[] = [];
  const places = (count: number) => (count === 1 ? '1 place' : `${count} places`);
  if (comments > 0)
    findings.push({ code: 'HIDDEN_TEXT', text: `HTML comments in ${places(comments)}, which readers do not see.` });
  if (scripts > 0) findings.push({ code: 'SCRIPT', text: `Scripts in ${places(scripts)}; they were not run.` });
  return findings;
};
