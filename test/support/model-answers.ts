/** A language model for tests: it answers what it is told to, and keeps what it was asked. */
import type { ModelAnswerLike, ModelPromptLike } from '../../functions/src/analyze/model-pass.ts';
import type { Document } from '../../functions/src/contracts/document.ts';

export interface ToldModel {
  complete(prompt: ModelPromptLike): Promise<ModelAnswerLike>;
  /** In the order of the calls. */
  prompts: ModelPromptLike[];
}

/** 100 tokens in and 10 out with every call. */
export const answering = (answer: (prompt: ModelPromptLike, call: number) => Partial<ModelAnswerLike>): ToldModel => {
  const prompts: ModelPromptLike[] = [];
  return {
    prompts,
    complete: async (prompt) => {
      prompts.push(prompt);
      return {
        text: '',
        finish: 'complete',
        inputTokens: 100,
        outputTokens: 10,
        ...answer(prompt, prompts.length - 1),
      };
    },
  };
};

/** The lines of one section of a prompt, without its borders. */
export const sectionOf = ({ user }: Pick<ModelPromptLike, 'user'>, name: 'BEFORE' | 'TEXT' | 'FOUND'): string[] => {
  const lines = user.split('\n');
  const begin = lines.findIndex((line) => line.startsWith(`${name} BEGIN `));
  const end = lines.findIndex((line) => line.startsWith(`${name} END `));
  return lines.slice(begin + 1, end);
};

const ROW = { obligation: 'mandatory', actor: 'contractor', timing: 'post_award', kind: 'performance' };

/** The label under which the model is shown the first block that holds the words. */
export const labelOf = (document: Document, words: string): string =>
  document.blocks.find(({ text }) => text.includes(words))?.blockId.slice(0, 6) ?? 'no block';

/** A row that quotes these words where they stand. */
export const rowFor = (document: Document, quote: string, fields: Readonly<Record<string, unknown>> = {}) => ({
  block: labelOf(document, quote),
  quote,
  ...ROW,
  ...fields,
});

export const answerOf = (...rows: readonly unknown[]): Pick<ModelAnswerLike, 'text'> => ({
  text: JSON.stringify({ rows }),
});
