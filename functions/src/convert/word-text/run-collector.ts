/** Text with its character formatting to inline content. */
import type { PhrasingContent } from 'mdast';

export interface RunFormat {
  bold: boolean;
  italic: boolean;
  strike: boolean;
  isCode: boolean;
  url: string | undefined;
}

export const PLAIN_RUN: RunFormat = { bold: false, italic: false, strike: false, isCode: false, url: undefined };

/** The inline content of one paragraph; text in the same format is one run, however many pieces it comes in. */
export class RunCollector {
  #nodes: PhrasingContent[] = [];
  #pieces: string[] = [];
  #format: RunFormat = PLAIN_RUN;

  text(text: string, format: RunFormat): void {
    if (!isSame(format, this.#format)) this.#flush();
    this.#format = format;
    this.#pieces.push(text);
  }

  /** A line break, a picture, a note's mark. */
  node(node: PhrasingContent, format: RunFormat = PLAIN_RUN): void {
    this.#flush();
    this.#nodes.push(wrap(node, format));
  }

  /** What was collected; the collector is empty then. */
  take(): PhrasingContent[] {
    this.#flush();
    const nodes = this.#nodes;
    this.#nodes = [];
    return nodes;
  }

  #flush(): void {
    const value = this.#pieces.join('');
    this.#pieces = [];
    if (value === '') return;
    const node: PhrasingContent = this.#format.isCode ? { type: 'inlineCode', value } : { type: 'text', value };
    this.#nodes.push(wrap(node, this.#format));
  }
}

const isSame = (one: RunFormat, other: RunFormat): boolean =>
  one.bold === other.bold &&
  one.italic === other.italic &&
  one.strike === other.strike &&
  one.isCode === other.isCode &&
  one.url === other.url;

const wrap = (node: PhrasingContent, { bold, italic, strike, url }: RunFormat): PhrasingContent => {
  let wrapped = node;
  if (italic) wrapped = { type: 'emphasis', children: [wrapped] };
  if (bold) wrapped = { type: 'strong', children: [wrapped] };
  if (strike) wrapped = { type: 'delete', children: [wrapped] };
  return url === undefined ? wrapped : { type: 'link', url, children: [wrapped] };
};
