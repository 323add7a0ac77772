/** What a window found, short, for whoever watches a run. */
import type { Finding, PackageContext } from '../contracts/analysis.ts';
import type { Document } from '../contracts/document.ts';
import { type FindingPreview, LONGEST_PREVIEW } from '../contracts/run.ts';
import { indexContext } from './context-index.ts';
import { indexDocument } from './document-index.ts';
import { sourceRef } from './source-ref.ts';

const CUT = '…';

const shorten = (text: string): string => {
  if (text.length <= LONGEST_PREVIEW) return text;
  const cut = text.slice(0, LONGEST_PREVIEW - CUT.length);
  // A cut in the middle of a pair would leave half a character.
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}${CUT}`;
};

/** In the order of the document, to which all of them belong. */
export const previewFindings = (
  context: PackageContext,
  document: Document,
  findings: readonly Finding[],
): FindingPreview[] => {
  const contextIndex = indexContext(context);
  const index = indexDocument(document);
  return findings
    .map((finding) => {
      const { charStart, charEnd, quote } = finding;
      const blockId = finding.blockIds[0] ?? '';
      const source = sourceRef({ blockId, charStart, charEnd, quote }, index, contextIndex);
      const rank = [charStart ?? index.anchorOf.get(blockId) ?? 0, index.positionOf.get(blockId) ?? 0] as const;
      return { finding, source, rank };
    })
    .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1])
    .map(({ finding, source }) => ({
      text: shorten(finding.text),
      obligation: finding.obligation,
      actor: finding.actor,
      kind: finding.kind,
      needsReview: finding.needsReview,
      blockId: source.blockId,
      charStart: source.charStart,
      charEnd: source.charEnd,
      ...(source.pageNumber === undefined ? {} : { pageNumber: source.pageNumber }),
      sectionRef: source.sectionRef,
    }));
};
