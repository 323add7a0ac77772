/** Text that is shown as it stands: fenced blocks, and indented lines that are plainly code. */
import type { TextBlock } from './block.ts';
import { expandTabs, indentOf } from './lines.ts';

const FENCE = /^\s*(`{3,}|~{3,})\s*([\w+#.-]*)$/;
/** Lines; a fence that is not closed within them is text. */
const MAX_FENCED = 500;

/** From a fence to the one that closes it. */
export const readFenced = (lines: readonly string[], start: number): TextBlock | undefined => {
  const [, fence = '', lang = ''] = FENCE.exec(lines[start] ?? '') ?? [];
  if (fence === '' || (fence.startsWith('~') && lines[start + 2] === lines[start])) return undefined;
  const limit = Math.min(lines.length, start + MAX_FENCED);
  for (let at = start + 1; at < limit; at++) {
    if (lines[at]?.trim() === fence) return code(lines.slice(start + 1, at), at + 1, lang);
  }
  return undefined;
};

const MIN_INDENT = 4;
const CODE =
  /[{};]$|^\s*(?:#|\/\/|\$ |<\/?\w|--\w|[\w.]+\()|\w\((?!s\)|\w\))| [=!]=|\S+ = \S|^\s*[\w"-]+:\s*\S*$|\\$|->|=>|├|└/;

/** Lines indented by four columns and more beyond `base`, empty lines between them too, half of which look like code. */
export const readIndentedCode = (lines: readonly string[], start: number, base: number): TextBlock | undefined => {
  const isIndented = (line: string) => indentOf(line) >= base + MIN_INDENT;
  if (!isIndented(lines[start] ?? '')) return undefined;
  let end = start;
  for (let at = start; at < lines.length && (lines[at] === '' || isIndented(lines[at] ?? '')); at++) {
    if (lines[at] !== '') end = at + 1;
  }
  const body = lines.slice(start, end);
  const texts = body.filter((line) => line !== '');
  if (texts.filter((line) => CODE.test(line)).length * 2 < texts.length) return undefined;
  return code(body, end, '');
};

const code = (body: readonly string[], end: number, lang: string): TextBlock => {
  const lines = body.map(expandTabs);
  const indent = lines.reduce((least, line) => (line === '' ? least : Math.min(least, indentOf(line))), 1000);
  const value = lines.map((line) => line.slice(indent)).join('\n');
  return { nodes: [{ type: 'code', ...(lang ? { lang } : {}), value }], end };
};
