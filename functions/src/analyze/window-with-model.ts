/** Analyses one window by the rules, and lets a language model add what they missed. Without an answer the rules stand as they are. */
import type { PackageContext, Window, WindowResult } from '../contracts/analysis.ts';
import type { Document } from '../contracts/document.ts';
import { indexContext } from './context-index.ts';
import { indexDocument } from './document-index.ts';
import { MODEL_PASSES } from './kinds/index.ts';
import { type Complete, type ModelAnswerLike, type ModelPart, partOf } from './model-pass.ts';
import { analyzeWindow } from './window.ts';

/** How often a part whose answer was cut is halved; calls follow each other so many times and once more. */
export const MOST_HALVINGS = 2;
/** Blocks of the first half that the second is shown. */
const SHOWN_BEFORE = 3;

const FINISHES = ['not_asked', 'complete', 'refused', 'cut', 'unparsable'] as const;

export interface ModelUse {
  promptVersion: string;
  inputTokens: number;
  outputTokens: number;
  calls: number;
  /** Findings that only the model has. */
  added: number;
  /** Rows of the model that do not fit the schema or do not stand in the text. */
  dropped: number;
  /** The worst that became of a part; anything but `complete` leaves that part to the rules. */
  finish: (typeof FINISHES)[number];
}

interface Asked {
  answer: ModelAnswerLike;
  /** Its part was asked about again, by halves: its text counts for nothing. */
  isHalved: boolean;
}

/** By characters, and never inside a block. */
const halvesOf = ({ before, own }: ModelPart): ModelPart[] => {
  const total = own.reduce((sum, { text }) => sum + text.length, 0);
  let characters = 0;
  const past = own.findIndex(({ text }) => {
    characters += text.length;
    return characters * 2 >= total;
  });
  const cut = Math.min(past + 1, own.length - 1);
  return [
    { before, own: own.slice(0, cut) },
    { before: own.slice(Math.max(0, cut - SHOWN_BEFORE), cut), own: own.slice(cut) },
  ];
};

/** Every answer, in the order of the text. A cut one is never gone on with. */
const askAbout = async (
  part: ModelPart,
  ask: (part: ModelPart) => Promise<ModelAnswerLike>,
  level = 0,
): Promise<Asked[]> => {
  const answer = await ask(part);
  if (answer.finish !== 'cut' || level === MOST_HALVINGS || part.own.length < 2) return [{ answer, isHalved: false }];
  const halves = await Promise.all(halvesOf(part).map((half) => askAbout(half, ask, level + 1)));
  return [{ answer, isHalved: true }, ...halves.flat()];
};

/** Rejects as `complete` does, and throws WINDOW_INVALID. The same answers give the same result. */
export const analyzeWindowWithModel = async (
  context: PackageContext,
  window: Window,
  document: Document,
  complete: Complete,
): Promise<{ result: WindowResult; model: ModelUse }> => {
  const found = analyzeWindow(context, window, document);
  const index = indexDocument(document);
  const pass = MODEL_PASSES[window.kind];
  const part = partOf(window, index);
  const asked =
    part.own.length === 0 ? [] : await askAbout(part, (each) => complete(pass.promptOf(each, found.findings)));
  const last = asked.filter(({ isHalved }) => !isHalved).map(({ answer }) => answer);
  const { findings, ledger, added, dropped, unparsable } = pass.joinAnswers({
    context: indexContext(context),
    index,
    passages: [...part.before, ...part.own],
    found,
    answers: last.filter(({ finish }) => finish === 'complete').map(({ text }) => text),
  });
  const finishes = [...last.map(({ finish }) => finish), ...(unparsable > 0 ? (['unparsable'] as const) : [])];
  const worst = Math.max(0, ...finishes.map((finish) => FINISHES.indexOf(finish)));
  return {
    result: { ...found, findings, ledger },
    model: {
      promptVersion: pass.promptVersion,
      inputTokens: asked.reduce((sum, { answer }) => sum + answer.inputTokens, 0),
      outputTokens: asked.reduce((sum, { answer }) => sum + answer.outputTokens, 0),
      calls: asked.length,
      added,
      dropped,
      finish: FINISHES[worst] ?? 'not_asked',
    },
  };
};
