/** What a careful reader of a document should know, in words. Pure. */
import type { BlockIndex } from '../../../../functions/src/contracts/document.ts';
import { TEXTS } from '../../texts/index.ts';

const { document } = TEXTS;

export interface Remark {
  label: string;
  text: string;
  /** What it is about, in the document's own words: untrusted. */
  quote?: string;
  tone: 'neutral' | 'warn' | 'bad';
  pageNumber?: number;
  blockId?: string;
}

const TONES = { info: 'neutral', warning: 'warn', error: 'bad' } as const;

const placeOf = ({ pageNumber, blockId }: { pageNumber?: number | undefined; blockId?: string | undefined }) => ({
  ...(pageNumber !== undefined && { pageNumber }),
  ...(blockId !== undefined && { blockId }),
});

/** The gravest first: pages without text, safety, then messages in their order. */
export const remarksOf = (
  index: Pick<BlockIndex, 'pages' | 'messages' | 'safety' | 'quality' | 'pagesNeedingOcr'>,
): Remark[] => {
  const { pages, messages, safety, quality, pagesNeedingOcr } = index;
  const isSaid = new Set(pagesNeedingOcr);
  const empty = pages.flatMap(({ pageNumber, source }) =>
    source === 'none' && isSaid.has(pageNumber) ? [pageNumber] : [],
  );
  const [firstEmpty] = empty;
  return [
    ...(firstEmpty === undefined
      ? []
      : [
          {
            label: document.level.warning,
            text: document.withoutText(empty),
            tone: 'warn' as const,
            pageNumber: firstEmpty,
          },
        ]),
    ...(quality.unreadableCharacters === 0
      ? []
      : [
          {
            label: document.level.warning,
            text: document.unreadable(quality.unreadableCharacters),
            tone: 'warn' as const,
          },
        ]),
    ...safety.map((finding) => ({
      label: document.safety[finding.code],
      text: finding.text,
      ...(finding.excerpt !== undefined && { quote: finding.excerpt }),
      tone: 'warn' as const,
      ...placeOf(finding),
    })),
    // Said once above, for all pages together.
    ...messages
      .filter(
        ({ code, pageNumber }) => !(code === 'PAGE_NEEDS_OCR' && pageNumber !== undefined && isSaid.has(pageNumber)),
      )
      .map((message) => ({
        label: document.level[message.level],
        text: message.text,
        tone: TONES[message.level],
        ...placeOf(message),
      })),
  ];
};
