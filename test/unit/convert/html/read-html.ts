/** A page to its tree and its Markdown, for tests. */
import { fromHtml } from '../../../../functions/src/convert/from-html.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';

export const read = (html: string) => fromHtml({ bytes: new TextEncoder().encode(html), fileName: 'a.html' });
export const write = (html: string): string => toMarkdown(read(html), 'd0').markdown;
/** What is kept beside the text: "head Menu". */
export const running = (html: string): string[] =>
  read(html).runningLines.map(({ position, text }) => `${position} ${text}`);
/** What the page shows of the document, without its running lines. */
export const content = (html: string): string => {
  const tree = read(html);
  return toMarkdown({ ...tree, runningLines: [] }, 'd0').markdown;
};
