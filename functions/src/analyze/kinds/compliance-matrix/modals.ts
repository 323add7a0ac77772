/** The words that bind, allow or forbid, and where they stand in a sentence. */
import type { Modal, Obligation } from '../../../contracts/rfp.ts';
import table from '../../rules/modals.json' with { type: 'json' };

export interface ModalHit {
  /** An id of rules/modals.json. */
  id: string;
  modal: Modal;
  obligation: Obligation;
  start: number;
  end: number;
}

const RULES = table.map(({ id, modal, obligation }) => ({
  id,
  modal: modal as Modal,
  obligation: obligation as Obligation,
}));
const PATTERN = new RegExp(`(?<![\\w-])(?:${table.map(({ pattern }) => `(${pattern})`).join('|')})(?![\\w-])`, 'gi');
const MONTH_MAY = /^May(?:\s+\d|,)/;
const DAY_BEFORE = /\d(?:st|nd|rd|th)?(?: of)? $/;

/** "May 3", "3 May". */
const isMonth = (text: string, at: number): boolean =>
  text.startsWith('May', at) &&
  (MONTH_MAY.test(text.slice(at, at + 12)) || DAY_BEFORE.test(text.slice(Math.max(0, at - 8), at)));

/** In order of place. At one place the first rule of the table that fits wins. */
export const findModals = (text: string): ModalHit[] => {
  const hits: ModalHit[] = [];
  PATTERN.lastIndex = 0;
  for (let match = PATTERN.exec(text); match; match = PATTERN.exec(text)) {
    const rule = RULES[match.slice(1).findIndex((group) => group !== undefined)];
    if (rule === undefined || isMonth(text, match.index)) continue;
    hits.push({ ...rule, start: match.index, end: match.index + match[0].length });
  }
  return hits;
};

/** Has a word that can bind somebody: what the ledger calls a candidate. */
export const isCandidate = (hits: readonly ModalHit[]): boolean =>
  hits.some(({ id }) => id !== 'may' && id !== 'provides' && id !== 'exempt');

/** A running head or foot that may bind somebody. It is often no whole sentence: "Signature required". */
export const bindsInMargin = (text: string): boolean =>
  isCandidate(findModals(text)) || /\b(?:required|mandatory|prohibited)\b/i.test(text);
