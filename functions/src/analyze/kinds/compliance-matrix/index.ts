/** The compliance matrix: goes through the sentences that a window owns and says where each one went. */
import type { Finding, LedgerEntry, OpenStem, Section, Window } from '../../../contracts/analysis.ts';
import type { Block } from '../../../contracts/document.ts';
import { blockKey, type ContextIndex } from '../../context-index.ts';
import type { DocumentIndex } from '../../document-index.ts';
import { isIndentedProse, type Sentence } from '../../sentences.ts';
import { pageOfBlock } from '../../source-ref.ts';
import { conditionOf, rowKindOf, timingOf } from './attributes.ts';
import type { Claim } from './claim.ts';
import { claimsOf, strongestClaim } from './claims.ts';
import { dutyRows } from './deliverable-tables.ts';
import { imperativeOf } from './imperatives.ts';
import { hasMisreadModal } from './misread-modals.ts';
import { bindsInMargin, findModals, isCandidate } from './modals.ts';
import { continuesList, type Decision, decide } from './rules.ts';
import type { SentenceView } from './sentence-view.ts';
import { impliedActor } from './subject.ts';

export interface KindResult {
  findings: Finding[];
  ledger: LedgerEntry[];
}

interface Reading {
  window: Window;
  index: DocumentIndex;
  context: ContextIndex;
  result: KindResult;
  /** Rows of duty tables by cell, per table. */
  tables: Map<string, ReturnType<typeof dutyRows>>;
  stemClaims: Map<string, Claim | null>;
}

const sectionAt = ({ context, window }: Reading, blockId: string): Section | undefined =>
  context.sectionOf.get(blockKey(window.documentId, blockId));

const roleAt = (reading: Reading, blockId: string): Section['role'] => sectionAt(reading, blockId)?.role ?? 'other';

/** "The benefits of the system include:" tells why, not what. */
const DESCRIBES = /\b(?:goals|benefits|advantages|examples|reasons)\b[^:]*\b(?:include|includes|are)\b/i;

/** "explain how it will reach the response times, including:": its modal is not the one that binds. */
const saysLittle = (claim: Claim | null): boolean =>
  claim === null || claim.outcome === 'unresolved' || (claim.outcome === 'excluded' && !claim.isCertain);

/** What a lead-in binds its items to. A lead-in that says nothing itself takes over what its own lead-in says. */
const stemClaim = (reading: Reading, stem: OpenStem, depth = 0): Claim | null => {
  const known = reading.stemClaims.get(stem.blockId);
  if (known !== undefined) return known;
  const role = roleAt(reading, stem.blockId);
  if (DESCRIBES.test(stem.text) && !/\b(?:shall|must|will)\b/i.test(stem.text)) {
    const described: Claim = { outcome: 'excluded', reason: 'informational', isCertain: true };
    reading.stemClaims.set(stem.blockId, described);
    return described;
  }
  let claim = strongestClaim(claimsOf(stem.text, findModals(stem.text), role, reading.context));
  if (saysLittle(claim)) {
    const order = role === 'evaluation' ? null : imperativeOf(stem.text);
    const actor = impliedActor(role);
    if (order && actor !== 'unclear') {
      claim = { outcome: 'row', obligation: order.obligation, modal: 'imperative', actor, needsReview: false };
    }
  }
  if (saysLittle(claim) && depth < 8) claim = itemClaim(reading, stem.blockId, depth + 1) ?? claim;
  reading.stemClaims.set(stem.blockId, claim);
  return claim;
};

const nearestStem = (reading: Reading, blockId: string): OpenStem | undefined =>
  reading.context.stemsOfItem.get(blockKey(reading.window.documentId, blockId))?.at(-1);

const itemClaim = (reading: Reading, blockId: string, depth: number): Claim | null => {
  const stem = nearestStem(reading, blockId);
  return stem === undefined || stem.blockId === blockId ? null : stemClaim(reading, stem, depth);
};

/** Items that are requirements by themselves leave their lead-in one too: "shall only include the information below:". */
const itemsStandAlone = (reading: Reading, stem: OpenStem): boolean => {
  const blocks = stem.itemBlockIds.slice(0, 12).flatMap((id) => reading.index.blockById.get(id) ?? []);
  const alone = blocks.filter((block) =>
    findModals(block.text).some(({ id }) => id === 'shall' || id === 'must' || id === 'should'),
  );
  return alone.length * 2 > blocks.length;
};

const ledgerEntry = (reading: Reading, block: Block, sentence: Sentence | null, decision: Decision): LedgerEntry => ({
  documentId: reading.window.documentId,
  blockId: block.blockId,
  charStart: sentence?.charStart ?? null,
  charEnd: sentence?.charEnd ?? null,
  candidate: decision.candidate,
  disposition: decision.outcome === 'row' ? 'in_matrix' : decision.outcome,
  ...(decision.outcome === 'excluded' ? { reason: decision.reason } : {}),
});

const findingOf = (
  reading: Reading,
  block: Block,
  sentence: Sentence,
  decision: Decision & { outcome: 'row' },
  stem: OpenStem | null,
): Finding => {
  const role = roleAt(reading, block.blockId);
  const condition = conditionOf(sentence.text);
  const isConditional = condition !== null && decision.obligation === 'mandatory';
  return {
    documentId: reading.window.documentId,
    blockIds: [block.blockId, ...(stem ? [stem.blockId] : [])],
    quote: reading.index.document.markdown.slice(sentence.charStart, sentence.charEnd),
    charStart: sentence.charStart,
    charEnd: sentence.charEnd,
    text: sentence.text,
    ...(stem ? { leadIn: stem.text } : {}),
    kind: rowKindOf(sentence.text, role, decision.actor),
    obligation: isConditional ? 'conditional' : decision.obligation,
    modal: decision.modal,
    actor: decision.actor,
    ...(condition === null ? {} : { conditionText: condition }),
    timing: timingOf(role, decision.actor),
    method: 'rule',
    needsReview: decision.needsReview || reading.context.roleOfDocument(reading.window.documentId) === 'qa',
  };
};

const owns = ({ window, index }: Reading, at: number): boolean =>
  at >= window.ownStart &&
  (at < window.ownEnd || (window.ownEnd === index.document.markdown.length && at === window.ownEnd));

/** A duty whose modal was misread must not fall away unseen. */
const unlessMisread = (reading: Reading, block: Block, sentence: Sentence, decision: Decision): Decision => {
  if (decision.outcome !== 'excluded' || decision.reason === 'heading') return decision;
  if (!hasMisreadModal(sentence.text, reading.context)) return decision;
  const pageNumber = pageOfBlock(block.blockId, reading.index, sentence.charStart);
  const page = reading.index.document.pages.find((each) => each.pageNumber === pageNumber);
  return page?.source === 'ocr' ? { outcome: 'unresolved', candidate: true } : decision;
};

const readSentence = (reading: Reading, block: Block, sentences: readonly Sentence[], at: number): void => {
  const sentence = sentences[at];
  if (sentence === undefined) return;
  const count = sentences.length;
  const section = sectionAt(reading, block.blockId);
  const headsSection = section?.blockIds[0] === block.blockId && section.heading !== '';
  const stem = nearestStem(reading, block.blockId) ?? null;
  const claim = stem === null ? null : stemClaim(reading, stem);
  const view: SentenceView = {
    text: sentence.text,
    blockKind: isIndentedProse(block, reading.index.document.markdown) ? 'paragraph' : block.kind,
    role: section?.role ?? 'other',
    heading: section?.heading ?? '',
    opensBlock: at === 0 && count > 1,
    restBinds: at === 0 && sentences.slice(1).some(({ text }) => isCandidate(findModals(text))),
    isFirst: at === 0,
    isHeadingLine:
      headsSection &&
      block.kind !== 'heading' &&
      count === 1 &&
      block.text.length <= section.heading.length + section.number.length + 12,
    isHeaderCell: block.isHeader === true,
    isQuestionAndAnswer: reading.context.roleOfDocument(reading.window.documentId) === 'qa',
    stem: claim,
    stemText: stem?.text ?? '',
  };
  const decision = unlessMisread(reading, block, sentence, decide(view, reading.context));
  reading.result.ledger.push(ledgerEntry(reading, block, sentence, decision));
  if (decision.outcome !== 'row') return;
  const opens = reading.context.stemAt.get(blockKey(reading.window.documentId, block.blockId));
  if (opens?.charStart === sentence.charStart && !itemsStandAlone(reading, opens)) return;
  const leadIn = stem !== null && claim?.outcome === 'row' && (at === 0 || continuesList(sentence.text)) ? stem : null;
  reading.result.findings.push(findingOf(reading, block, sentence, decision, leadIn));
};

/** One finding for a row of a duty table, carried by its first cell; the other cells are in it. */
const readDutyCell = (reading: Reading, cell: Block, cells: readonly Block[]): void => {
  const first = cells[0];
  const last = cells.at(-1);
  const decision: Decision & { outcome: 'row' } = {
    outcome: 'row',
    candidate: true,
    obligation: 'mandatory',
    modal: 'implied',
    actor: 'contractor',
    needsReview: false,
  };
  for (const sentence of reading.index.sentencesOf(cell)) {
    if (owns(reading, sentence.charStart)) reading.result.ledger.push(ledgerEntry(reading, cell, sentence, decision));
  }
  if (
    cell !== first ||
    last === undefined ||
    first.charStart === null ||
    last.charEnd === null ||
    !owns(reading, first.charStart)
  )
    return;
  const text = cells.map((each) => each.text).join(' | ');
  const whole = { charStart: first.charStart, charEnd: last.charEnd, text };
  const finding = findingOf(reading, first, whole, decision, null);
  reading.result.findings.push({ ...finding, kind: finding.kind === 'performance' ? 'deliverable' : finding.kind });
};

const dutyRowOf = (reading: Reading, block: Block): readonly Block[] | null => {
  if (block.kind !== 'table_cell') return null;
  const table = reading.index.ancestorsOf(block).find(({ kind }) => kind === 'table');
  if (table === undefined) return null;
  let rows = reading.tables.get(table.blockId);
  if (rows === undefined) {
    rows = dutyRows(table, reading.index, roleAt(reading, table.blockId));
    reading.tables.set(table.blockId, rows);
  }
  return rows.get(block.blockId)?.cells ?? null;
};

/** Each sentence that the window owns gets exactly one ledger entry. */
export const analyzeComplianceMatrix = (context: ContextIndex, window: Window, index: DocumentIndex): KindResult => {
  const result: KindResult = { findings: [], ledger: [] };
  const reading: Reading = { window, index, context, result, tables: new Map(), stemClaims: new Map() };
  for (const blockId of window.blockIds) {
    const block = index.blockById.get(blockId);
    if (block === undefined) continue;
    if (block.charStart === null) {
      const isRunningLine = block.kind !== 'table' && block.kind !== 'table_row' && block.kind !== 'quote';
      if (isRunningLine && owns(reading, index.anchorOf.get(blockId) ?? 0)) {
        result.ledger.push(
          ledgerEntry(reading, block, null, {
            outcome: 'excluded',
            reason: 'header_footer',
            candidate: bindsInMargin(block.text),
          }),
        );
      }
      continue;
    }
    const cells = dutyRowOf(reading, block);
    if (cells !== null) {
      readDutyCell(reading, block, cells);
      continue;
    }
    const sentences = index.sentencesOf(block);
    sentences.forEach((sentence, at) => {
      if (owns(reading, sentence.charStart)) readSentence(reading, block, sentences, at);
    });
  }
  return result;
};
