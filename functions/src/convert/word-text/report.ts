/** What of an old Word document is not in its Markdown, said openly. */
import type { ConversionMessage, SafetyFinding } from '../../contracts/document.ts';
import type { Ole2Entry } from '../ole2/read-ole2.ts';
import { findEntry } from '../ole2/read-ole2.ts';
import { count } from '../ooxml/package-safety.ts';

export const changeMessages = (changes: { insertions: number; deletions: number }): ConversionMessage[] => {
  const { insertions, deletions } = changes;
  if (insertions + deletions === 0) return [];
  const text = `${count(insertions, 'tracked insertion')} kept and ${count(deletions, 'tracked deletion')} left out, as if all were accepted.`;
  return [{ level: 'warning', code: 'TRACKED_CHANGES', text }];
};

export const commentMessage = (comments: number): ConversionMessage[] => {
  if (comments === 0) return [];
  return [{ level: 'info', code: 'COMMENTS_LEFT_OUT', text: `${count(comments, 'comment')} of reviewers left out.` }];
};

export const embeddedFinding = (files: number): SafetyFinding[] => {
  if (files === 0) return [];
  return [{ code: 'EMBEDDED_FILE', text: `${count(files, 'embedded file')} not read.` }];
};

/** Storages in which Office keeps its macros. */
const MACROS = ['Macros', '_VBA_PROJECT_CUR', 'VBA'];

/** Macros and embedded files of a file in the old container. `what`: "document", "workbook". */
export const legacySafety = (root: Ole2Entry, what: string): SafetyFinding[] => {
  const hasMacros = MACROS.some((name) => findEntry(root, name)?.kind === 'storage');
  const embedded =
    (findEntry(root, 'ObjectPool')?.children.length ?? 0) +
    root.children.filter(({ kind, name }) => kind === 'storage' && /^MBD[0-9A-F]+$/i.test(name)).length;
  return [
    ...(hasMacros ? [{ code: 'MACROS' as const, text: `The ${what} has macros. None was run.` }] : []),
    ...embeddedFinding(embedded),
  ];
};
