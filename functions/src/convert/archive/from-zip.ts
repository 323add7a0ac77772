/** A ZIP archive as a package of documents, to a tree: the list of its files. What is in them comes out by unpacking. */
import type { TableCell, TableRow } from 'mdast';
import type { ConversionMessage, SafetyFinding } from '../../contracts/document.ts';
import { type Format, labelOf } from '../detect-format.ts';
import type { ConvertInput, ConvertLimits, SourceTree } from '../source-tree.ts';
import { emptyTree } from '../source-tree-parts.ts';
import { readableFormat, shownSize } from '../unpacked-file.ts';
import { type ArchivedFile, openZip } from './unpack-zip.ts';

const REASONS = {
  encrypted: { code: 'ZIP_ENTRY_ENCRYPTED', what: 'protected by a password' },
  link: { code: 'ZIP_ENTRY_LINK', what: 'a link to another place' },
  unknown_method: { code: 'ZIP_ENTRY_UNREADABLE', what: 'packed by a method other than Deflate' },
  damaged: { code: 'ZIP_ENTRY_DAMAGED', what: 'damaged' },
} as const;

/** Throws what openZip throws. */
export const fromZip = (input: ConvertInput, limits: ConvertLimits): SourceTree => {
  const files = openZip(input, limits).map(examine);
  if (files.length === 0) return emptyTree([]);
  const rows = files.map(({ path, size, kind }) => toRow([path, size, kind]));
  const tree = emptyTree([{ type: 'table', children: [toRow(['File', 'Size', 'Kind']), ...rows] }]);
  return { ...tree, messages: files.flatMap(({ messages }) => messages), safety: safetyOf(files) };
};

/** One file at a time is unpacked, to see what it is. */
const examine = ({ path, fileName, unpack }: ArchivedFile) => {
  const bytes = unpack();
  if (typeof bytes !== 'string') {
    const format = readableFormat({ fileName, bytes });
    return { path, size: shownSize(bytes.length), kind: kindOf(format), isRead: format !== undefined, messages: [] };
  }
  const { code, what } = REASONS[bytes];
  const message: ConversionMessage = { level: 'warning', code, text: `${path} was not read: it is ${what}.` };
  return { path, size: '', kind: `not read: ${what}`, isRead: false, messages: [message] };
};

const kindOf = (format: Format | undefined): string =>
  format ? labelOf(format).replace(/^an? /, '') : 'not read: in no format that can be read';

const toRow = (cells: readonly string[]): TableRow => ({
  type: 'tableRow',
  children: cells.map((value): TableCell => ({ type: 'tableCell', children: [{ type: 'text', value }] })),
});

const safetyOf = (files: readonly { isRead: boolean }[]): SafetyFinding[] => {
  const number = files.filter(({ isRead }) => !isRead).length;
  if (number === 0) return [];
  return [{ code: 'EMBEDDED_FILE', text: `${number} file${number === 1 ? '' : 's'} in the archive cannot be read.` }];
};
