/** What is said to a language model about a window, and what it says back. Which model it is stays outside: a function is passed in. */
import type { Finding, LedgerEntry, Window } from '../contracts/analysis.ts';
import type { ContextIndex } from './context-index.ts';
import type { DocumentIndex } from './document-index.ts';
import { isLeaf } from './sentences.ts';

export interface ModelPromptLike {
  system: string;
  user: string;
  /** JSON Schema in the subset that Gemini takes. */
  responseSchema: Readonly<Record<string, unknown>>;
}

/** `cut`: the text ends before the answer does. `refused`: safety or recitation, there may be no text. */
export interface ModelAnswerLike {
  text: string;
  finish: 'complete' | 'cut' | 'refused';
  inputTokens: number;
  outputTokens: number;
}

export type Complete = (prompt: ModelPromptLike) => Promise<ModelAnswerLike>;

/** A leaf block, or as much of it as the model is shown. */
export interface Passage {
  blockId: string;
  /** Beginning of the block id, unique in the window. */
  label: string;
  /** Plain text in one line. */
  text: string;
}

/** What one call is about. */
export interface ModelPart {
  /** Shown, so that the rest is understood. */
  before: readonly Passage[];
  /** Read: each has a sentence that the window owns. */
  own: readonly Passage[];
}

export interface AnswersInput {
  context: ContextIndex;
  index: DocumentIndex;
  passages: readonly Passage[];
  /** What the rules found; it is not changed. */
  found: { findings: readonly Finding[]; ledger: readonly LedgerEntry[] };
  /** Whole answers, in the order of the text that they are about. */
  answers: readonly string[];
}

export interface JoinedAnswers {
  findings: Finding[];
  ledger: LedgerEntry[];
  /** Findings that only the model has. */
  added: number;
  /** Rows that do not fit the schema or do not stand in the text. */
  dropped: number;
  /** Answers that are no JSON of the schema's form. */
  unparsable: number;
}

/** How a kind asks a language model, and what it takes from the answers. */
export interface ModelPass {
  /** Changes with every change of prompt or schema. */
  promptVersion: string;
  promptOf(part: ModelPart, findings: readonly Finding[]): ModelPromptLike;
  joinAnswers(input: AnswersInput): JoinedAnswers;
}

const SHORTEST_LABEL = 6;
/** Of one block before the window's own, its end. */
const CONTEXT_CHARACTERS = 1500;

const labelLength = (blockIds: readonly string[]): number => {
  const longest = Math.max(SHORTEST_LABEL, ...blockIds.map(({ length }) => length));
  let length = SHORTEST_LABEL;
  while (length < longest && new Set(blockIds.map((blockId) => blockId.slice(0, length))).size < blockIds.length) {
    length++;
  }
  return length;
};

/** The last texts that fit. */
const lastOf = (texts: readonly string[]): readonly string[] => {
  let room = CONTEXT_CHARACTERS;
  const first = texts.findLastIndex(({ length }) => {
    room -= length;
    return room < 0;
  });
  return texts.slice(first + 1);
};

/** The window's text by blocks. Of a block that two windows share, each reads its own sentences, and the second is shown those before. */
export const partOf = (window: Window, index: DocumentIndex): ModelPart => {
  const shown = window.blockIds.flatMap((blockId) => {
    const block = index.blockById.get(blockId);
    if (block === undefined || !isLeaf(block)) return [];
    const sentences = index.sentencesOf(block).filter(({ text }) => text !== '');
    const earlier = sentences.filter(({ charStart }) => charStart < window.ownStart).map(({ text }) => text);
    const owned = sentences.filter(({ charStart }) => charStart >= window.ownStart && charStart < window.ownEnd);
    return [{ blockId, before: lastOf(earlier).join(' '), own: owned.map(({ text }) => text).join(' ') }];
  });
  const length = labelLength(shown.map(({ blockId }) => blockId));
  const passages = (which: 'before' | 'own'): Passage[] =>
    shown
      .filter((each) => each[which] !== '')
      .map((each) => ({ blockId: each.blockId, label: each.blockId.slice(0, length), text: each[which] }));
  return { before: passages('before'), own: passages('own') };
};
