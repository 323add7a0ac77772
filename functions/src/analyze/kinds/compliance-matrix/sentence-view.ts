/** All that the rules see of a sentence and its surroundings. */
import type { BlockKind } from '../../../contracts/document.ts';
import type { FunctionalRole } from '../../../contracts/rfp.ts';
import type { Claim } from './claim.ts';

export interface SentenceView {
  text: string;
  blockKind: BlockKind;
  role: FunctionalRole;
  /** The heading that the sentence stands under. */
  heading: string;
  /** The sentence is the first of its block, and others follow. */
  opensBlock: boolean;
  /** A later sentence of the block has words that bind. */
  restBinds: boolean;
  isFirst: boolean;
  /** All of the block is a heading although it is not marked as one. */
  isHeadingLine: boolean;
  isHeaderCell: boolean;
  /** In questions and answers "please confirm" is asked of the buyer. */
  isQuestionAndAnswer: boolean;
  /** What the lead-in of this item comes to; null when there is none or it says nothing. */
  stem: Claim | null;
  stemText: string;
}
