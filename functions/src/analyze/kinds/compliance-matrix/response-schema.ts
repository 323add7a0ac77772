/** A row as the model is asked for it: the schema that it is given, and the check of what comes back. */
import { ModelAnswerSchema, type ModelRow, ModelRowSchema } from '../../../contracts/analysis.ts';

const { obligation, actor, timing, kind } = ModelRowSchema.shape;
const text = { type: 'string' };
const oneOf = (options: readonly string[]) => ({ type: 'string', enum: options });
const COLUMNS = Object.keys(ModelRowSchema.shape);

/** Only keywords that Gemini keeps: the limits it does not keep are checked here. */
export const RESPONSE_SCHEMA = {
  type: 'object',
  properties: {
    rows: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          block: text,
          quote: text,
          obligation: oneOf(obligation.options),
          actor: oneOf(actor.options),
          timing: oneOf(timing.options),
          kind: oneOf(kind.options),
        } satisfies Record<keyof ModelRow, unknown>,
        required: COLUMNS,
        propertyOrdering: COLUMNS,
      },
    },
  },
  required: ['rows'],
} as const;

const parsed = (answer: string): unknown => {
  try {
    return JSON.parse(answer);
  } catch {
    return null;
  }
};

/** Null when the answer is no JSON with rows; single rows that do not fit are dropped and counted. */
export const readModelRows = (answer: string): { rows: ModelRow[]; dropped: number } | null => {
  const whole = ModelAnswerSchema.safeParse(parsed(answer));
  if (!whole.success) return null;
  const rows = whole.data.rows.flatMap((row) => ModelRowSchema.safeParse(row).data ?? []);
  return { rows, dropped: whole.data.rows.length - rows.length };
};
