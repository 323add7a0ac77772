/** The one way in which every reader reports text that the eye does not see. */
import type { SafetyFinding, UnseenReason } from '../contracts/document.ts';

const LONGEST_EXCERPT = 500;

const WHY: Readonly<Record<UnseenReason, string>> = {
  hidden: 'marked as hidden',
  same_colour: 'in the colour of what is behind them',
  off_page: 'off the page',
  tiny: 'too small to be seen',
  covered: 'covered by something else',
  unicode_tags: 'invisible Unicode tags',
  variation_selectors: 'variation selectors in a row, which show nothing',
  bidi_controls: 'controls that show letters in another order',
  comment: 'in comments that readers of the page do not see',
};

export interface HiddenText {
  reason: UnseenReason;
  pageNumber?: number | undefined;
  /** At least 1. */
  characters: number;
  /** What it says, as far as it says anything. */
  excerpt: string;
}

/** Cut between characters, never inside one. */
const shortened = (excerpt: string): string => {
  const text = excerpt.replace(/\s+/g, ' ').trim();
  if (text.length <= LONGEST_EXCERPT) return text;
  return text.slice(0, LONGEST_EXCERPT).replace(/[\ud800-\udbff]$/, '');
};

export const hiddenText = ({ reason, pageNumber, characters, excerpt }: HiddenText): SafetyFinding => {
  const where = pageNumber === undefined ? 'The file' : `Page ${pageNumber}`;
  const what = characters === 1 ? '1 character' : `${characters} characters`;
  const shown = shortened(excerpt);
  return {
    code: 'HIDDEN_TEXT',
    reason,
    ...(pageNumber === undefined ? {} : { pageNumber }),
    text: `${where} holds ${what} ${WHY[reason]}. They were left out.`,
    characters,
    ...(shown === '' ? {} : { excerpt: shown }),
  };
};
