/** Values of a row in words, where a cell and the details say the same. */
import type { ComplianceRow, SourceRef } from '../../../../functions/src/contracts/rfp.ts';
import { TEXTS } from '../../texts/index.ts';

const { matrix, words } = TEXTS;

/** Document id → file name, of the documents of the run. */
export type FileNames = ReadonlyMap<string, string>;

type Link = ComplianceRow['links'][number];

/** An attachment is named by its file; everything else by its number. */
export const linkName = ({ toId }: Link, fileNames: FileNames): string => fileNames.get(toId) ?? toId;

/** What the evaluators look at first, then in the order of the row. */
export const orderedLinks = (links: readonly Link[]): Link[] => [
  ...links.filter(({ toType }) => toType === 'M_factor'),
  ...links.filter(({ toType }) => toType !== 'M_factor'),
];

export const unresolvedInWords = ({ text, reason }: ComplianceRow['unresolvedRefs'][number]): string =>
  reason === 'missing_document' ? matrix.missingReference(text) : matrix.ambiguousReference(text);

/** File, section and page, as far as they are known. */
export const placeOf = (source: SourceRef, fileNames: FileNames): string =>
  [
    fileNames.get(source.documentId) ?? '',
    source.sectionRef,
    source.pageNumber === undefined ? '' : matrix.pageShort(source.pageNumber),
  ]
    .filter(Boolean)
    .join(', ');

export const responseLocation = ({ proposalLocation }: ComplianceRow): string => {
  if (!proposalLocation) return '';
  const { sectionId, pageFrom, pageTo = pageFrom } = proposalLocation;
  return pageFrom === undefined || pageTo === undefined ? sectionId : `${sectionId}, ${matrix.pages(pageFrom, pageTo)}`;
};

/** "shall" says more than "Mandatory"; an implied duty has no verb to show. */
export const modalOf = ({ modal }: ComplianceRow): string => words.modal[modal];

/** What is not certain about it; null when nothing is. */
export const reviewReason = ({
  verification,
  source,
}: Pick<ComplianceRow, 'verification' | 'source'>): string | null => {
  if (verification.status !== 'needs_review') return null;
  return source.match === 'exact' ? matrix.reviewBecause[verification.method] : matrix.reviewQuote;
};
