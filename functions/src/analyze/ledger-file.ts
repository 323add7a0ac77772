/** ledger.json: the coverage ledger of a merged package, counted by page. */
import type { PackageContext, Window } from '../contracts/analysis.ts';
import type { LedgerFile, LedgerPart } from '../contracts/ledger.ts';
import { indexContext } from './context-index.ts';
import { indexDocument } from './document-index.ts';
import { type DocumentPart, partsOfDocument } from './ledger-parts.ts';
import type { MergedPackage } from './merge.ts';
import { ledgerSource } from './source-ref.ts';

/** What has no text stands nowhere in the Markdown, so no window lacks it. */
const liesIn = ({ charStart, charEnd, hasText }: DocumentPart, { ownStart, ownEnd }: Window): boolean =>
  hasText && charStart < ownEnd && (charEnd > ownStart || (charEnd === charStart && charStart >= ownStart));

const emptyPart = (documentId: string, part: DocumentPart, failed: readonly Window[]): LedgerPart => {
  const { pageNumber, label, charStart, charEnd, hasText, needsOcr } = part;
  const unread = needsOcr || failed.some((window) => window.documentId === documentId && liesIn(part, window));
  const counts = { inMatrix: 0, excluded: 0, unresolved: 0 };
  return { documentId, pageNumber, label, charStart, charEnd, ...counts, hasText, unread };
};

/** `context`: of the run that was merged. `conversionIdOf`: by documentId. */
export const ledgerFileOf = (
  context: PackageContext,
  { documents, ledger, failed }: Omit<MergedPackage, 'analysis'>,
  conversionIdOf: (documentId: string) => string,
): LedgerFile => {
  const index = indexContext(context);
  const file: LedgerFile = { documents: [], parts: [], excluded: [], unresolved: [] };
  const places = new Map<string, { first: number; partOf: ReturnType<typeof partsOfDocument>['partOf'] }>();
  for (const document of documents) {
    const { documentId, fileName, pageBasis, pages } = document;
    const conversionId = conversionIdOf(documentId);
    file.documents.push({ documentId, conversionId, fileName, pageBasis, pages: pages.length });
    const { parts, partOf } = partsOfDocument(indexDocument(document), index);
    places.set(documentId, { first: file.parts.length, partOf });
    file.parts.push(...parts.map((part) => emptyPart(documentId, part, failed)));
  }
  const indexes = new Map(documents.map((document) => [document.documentId, indexDocument(document)]));
  for (const entry of ledger) {
    const place = places.get(entry.documentId);
    const document = indexes.get(entry.documentId);
    if (place === undefined || document === undefined) continue;
    const part = place.first + place.partOf(entry);
    const counted = file.parts[part];
    if (counted === undefined) throw new TypeError('a sentence stands in no part of its document');
    if (entry.disposition === 'in_matrix') counted.inMatrix += 1;
    else if (entry.disposition === 'unresolved') {
      counted.unresolved += 1;
      file.unresolved.push({ ...ledgerSource(entry, document), part });
    } else {
      counted.excluded += 1;
      file.excluded.push({ ...ledgerSource(entry, document), reason: entry.reason ?? 'informational', part });
    }
  }
  return file;
};
