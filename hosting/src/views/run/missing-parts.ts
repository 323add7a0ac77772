/** What a run lacks, in words: files of the package that are not in it, and parts of those that are. */
import type { NotRead, RunView } from '../../../../functions/src/contracts/run.ts';
import { TEXTS } from '../../texts/index.ts';
import { numberRanges } from './number-ranges.ts';

interface MissingParts {
  /** Files of the package that are not among the documents of the run, and how many files the package has. */
  files: { notRead: readonly NotRead[]; inAll: number };
  /** Windows, as many as are named. */
  windows: number;
  /** Physical pages without text. */
  pages: { documentId: string; fileName: string; pages: number[] }[];
  /** Documents without text, or read in part. */
  documents: { documentId: string; fileName: string }[];
  /** Named in a way that this page does not know. */
  other: number;
}

const WINDOW = /^[a-z-]+-\d{5,}$/;
const PAGE = /^(.+):(\d+)$/;

/** As functions/src/pipeline/missing-parts.ts writes them: `compliance-matrix-00003`, `DOCUMENT-ID:PAGE`, `DOCUMENT-ID`. */
export const readMissing = ({
  missing = [],
  notRead = [],
  documents,
}: Pick<RunView, 'missing' | 'notRead' | 'documents'>): MissingParts => {
  const nameOf = new Map(documents.map(({ documentId, fileName }) => [documentId, fileName]));
  const files = { notRead, inAll: documents.length + notRead.length };
  const read: MissingParts = { files, windows: 0, pages: [], documents: [], other: 0 };
  for (const each of missing) {
    const whole = nameOf.get(each);
    const [, documentId = '', page] = PAGE.exec(each) ?? [];
    const fileName = nameOf.get(documentId);
    if (whole !== undefined) read.documents.push({ documentId: each, fileName: whole });
    else if (fileName !== undefined) {
      const known = read.pages.find((entry) => entry.documentId === documentId);
      if (known) known.pages.push(Number(page));
      else read.pages.push({ documentId, fileName, pages: [Number(page)] });
    } else if (WINDOW.test(each)) read.windows += 1;
    else read.other += 1;
  }
  return read;
};

/** Sentences for people. Windows are not among them: they are named with what can be done about them (unread-windows.tsx). */
export const missingInWords = ({ files, pages, documents, other }: MissingParts): string[] => {
  const { missing } = TEXTS.run;
  return [
    ...(files.notRead.length > 0 ? [missing.files(files.notRead, files.inAll)] : []),
    ...pages.map((each) => missing.pages(numberRanges(each.pages), each.fileName)),
    ...documents.map(({ fileName }) => missing.document(fileName)),
    ...(other > 0 ? [missing.other(other)] : []),
  ];
};
