/** Numbered and bulleted lines of plain text. */

export interface TextItem {
  lines: string[];
  /** As shown; undefined for lines before the first item. */
  numbering: string | undefined;
  isBullet: boolean;
  /** Numbers of one list look the same: "1.", "(a)". */
  style: string;
  /** Column of the marker, and of the text after it. */
  indent: number;
  textIndent: number;
}

const MARKER = /^(\s*)([-*+•●▪◦‣–]|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,5})[.)])(\s+)(?=\S)/;
const TAB_WIDTH = 8;
const widthOf = (text: string): number => text.replaceAll('\t', ' '.repeat(TAB_WIDTH)).length;

/** The lines of one paragraph as items; `openStyles`: the styles of the lists above it. */
export const splitItems = (lines: readonly string[], openStyles: ReadonlySet<string>): TextItem[] => {
  const items: TextItem[] = [];
  const styles = new Set(openStyles);
  for (const line of lines) {
    const item = startItem(line, styles);
    const last = items.at(-1);
    if (item) {
      items.push(item);
      styles.add(item.style);
    } else if (last) last.lines.push(line);
    else {
      items.push({ lines: [line], numbering: undefined, isBullet: false, style: '', indent: 0, textIndent: 0 });
      styles.add('');
    }
  }
  return items;
};

const startItem = (line: string, styles: ReadonlySet<string>): TextItem | undefined => {
  const match = MARKER.exec(line);
  const [all = '', space = '', numbering = '', gap = ''] = match ?? [];
  if (!match) return undefined;
  const isBullet = !/[\p{L}\p{N}]/u.test(numbering);
  const style = isBullet ? 'bullet' : styleOf(numbering);
  if (!isBullet && !mayStart(numbering) && !styles.has(style)) return undefined;
  const indent = widthOf(space);
  return {
    lines: [line.slice(all.length)],
    numbering,
    isBullet,
    style,
    indent,
    textIndent: indent + numbering.length + widthOf(gap),
  };
};

const styleOf = (numbering: string): string =>
  numbering
    .replace(/\d+/, '1')
    .replace(/[a-z]+/, 'a')
    .replace(/[A-Z]+/, 'A');

/** A single letter begins a list only where lists begin; "J. Smith" is a name. Numbers may go on from elsewhere. */
const mayStart = (numbering: string): boolean => /^\(?(?:\d+|[aA]|[iI])[.)]$/.test(numbering);
