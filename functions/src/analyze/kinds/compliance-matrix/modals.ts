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

/** In order of place. At one place the first rule of the table that fits wins. */
export const findModals = (text: string): ModalHit[] => {
  const hits: ModalHit[] = [];
  PATTERN.lastIndex = 0;
  for (let match = PATTERN.exec(text); match; match = PATTERN.exec(text)) {
    const rule = RULES[match.slice(1).findIndex((group) => group !== undefined)];
    if (rule === undefined || MONTH_MAY.test(text.slice(match.index))) continue;
    hits.push({ ...rule, start: match.index, end: match.index + match[0].length });
  }
  return hits;
};

/** Has a word that can bind somebody: what the ledger calls a candidate. */
export const isCandidate = (hits: readonly ModalHit[]): boolean =>
  hits.some(({ id }) => id !== 'may' && id !== 'provides' && id !== 'exempt');
