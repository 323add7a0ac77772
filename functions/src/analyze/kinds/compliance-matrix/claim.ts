/** A claim: what one modal of a sentence comes to. */
import type { Actor, ExclusionReason, FunctionalRole, Modal, Obligation } from '../../../contracts/rfp.ts';
import type { ContextIndex } from '../../context-index.ts';
import type { ModalHit } from './modals.ts';
import type { Subject } from './subject.ts';

export interface RowClaim {
  obligation: Obligation;
  modal: Modal;
  actor: Actor;
  needsReview: boolean;
}

export type Claim =
  | ({ outcome: 'row' } & RowClaim)
  | { outcome: 'excluded'; reason: ExclusionReason; isCertain: boolean }
  | { outcome: 'unresolved' };

export const excluded = (reason: ExclusionReason, isCertain = true): Claim => ({
  outcome: 'excluded',
  reason,
  isCertain,
});

export interface ClaimInput {
  hit: ModalHit;
  subject: Subject;
  /** The sentence after the modal. */
  rest: string;
  role: FunctionalRole;
  context: ContextIndex;
}

export const row = ({ hit, subject }: ClaimInput, needsReview: boolean, actor: Actor = subject.actor): Claim => ({
  outcome: 'row',
  obligation: hit.obligation,
  modal: hit.modal,
  actor,
  needsReview,
});

export const UNRESOLVED: Claim = { outcome: 'unresolved' };

export const isOurSide = (actor: Actor): boolean =>
  actor === 'offeror' || actor === 'contractor' || actor === 'subcontractor';
