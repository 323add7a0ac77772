/** From the model's answers to findings: each stands on a sentence of the document, and is for a person to confirm. */
import type { Finding, LedgerEntry, ModelRow } from '../../../contracts/analysis.ts';
import type { Modal } from '../../../contracts/rfp.ts';
import { blockKey } from '../../context-index.ts';
import { sentenceOfQuote } from '../../ground.ts';
import type { AnswersInput, JoinedAnswers, Passage } from '../../model-pass.ts';
import type { Sentence } from '../../sentences.ts';
import { conditionOf } from './attributes.ts';
import { imperativeOf } from './imperatives.ts';
import { findModals, isCandidate } from './modals.ts';
import { readModelRows } from './response-schema.ts';

interface Grounded {
  blockId: string;
  sentence: Sentence;
  isFirst: boolean;
}

/** In the block that the row names, or else in the one before or after it. */
const ground = (row: ModelRow, at: number, { index, passages }: AnswersInput): Grounded | null => {
  for (const passage of [passages[at], passages[at - 1], passages[at + 1]]) {
    const block = passage && index.blockById.get(passage.blockId);
    if (block === undefined) continue;
    const sentences = index.sentencesOf(block);
    const sentence = sentenceOfQuote(sentences, row.quote);
    if (sentence !== null) return { blockId: block.blockId, sentence, isFirst: sentences[0] === sentence };
  }
  return null;
};

const modalOf = (text: string): Modal =>
  findModals(text).find((hit) => isCandidate([hit]))?.modal ?? (imperativeOf(text) ? 'imperative' : 'implied');

const findingOf = (row: ModelRow, { blockId, sentence, isFirst }: Grounded, input: AnswersInput): Finding => {
  const { documentId, markdown } = input.index.document;
  const { charStart, charEnd, text } = sentence;
  const stem = isFirst ? input.context.stemsOfItem.get(blockKey(documentId, blockId))?.at(-1) : undefined;
  const condition = conditionOf(text);
  return {
    documentId,
    blockIds: stem === undefined ? [blockId] : [blockId, stem.blockId],
    quote: markdown.slice(charStart, charEnd),
    charStart,
    charEnd,
    text,
    ...(stem === undefined ? {} : { leadIn: stem.text }),
    kind: row.kind,
    obligation: row.obligation,
    modal: modalOf(text),
    actor: row.actor,
    ...(condition === null ? {} : { conditionText: condition }),
    timing: row.timing,
    method: 'model',
    needsReview: true,
  };
};

const placeKey = (blockId: string, charStart: number | null): string => `${blockId}:${charStart}`;

const positionsOf = (passages: readonly Passage[]): ReadonlyMap<string, number> =>
  new Map(passages.map(({ label }, at) => [label, at]));

/**
 * Adds what the rules do not have: a sentence that they excluded or left unresolved goes into the matrix, and its one entry of the ledger
 * says so. A sentence without an entry is another window's. Rows whose block or quote is not there are dropped.
 */
export const joinAnswers = (input: AnswersInput): JoinedAnswers => {
  const { found, passages, answers } = input;
  const read = answers.map(readModelRows);
  const positionOf = positionsOf(passages);
  const entryOf = new Map(found.ledger.map((entry) => [placeKey(entry.blockId, entry.charStart), entry]));
  const added = new Map<LedgerEntry, Finding>();
  let dropped = read.reduce((sum, each) => sum + (each?.dropped ?? 0), 0);
  for (const row of read.flatMap((each) => each?.rows ?? [])) {
    const at = positionOf.get(row.block.replace(/[[\]\s]/g, ''));
    const grounded = at === undefined ? null : ground(row, at, input);
    if (grounded === null) {
      dropped++;
      continue;
    }
    const entry = entryOf.get(placeKey(grounded.blockId, grounded.sentence.charStart));
    if (entry === undefined || entry.disposition === 'in_matrix' || added.has(entry)) continue;
    added.set(entry, findingOf(row, grounded, input));
  }
  const ledger = found.ledger.map((entry): LedgerEntry => {
    if (!added.has(entry)) return entry;
    const { reason: _, ...bare } = entry;
    return { ...bare, disposition: 'in_matrix' };
  });
  const inOrder = found.ledger.flatMap((entry) => added.get(entry) ?? []);
  return {
    findings: [...found.findings, ...inOrder],
    ledger,
    added: added.size,
    dropped,
    unparsable: read.filter((each) => each === null).length,
  };
};
