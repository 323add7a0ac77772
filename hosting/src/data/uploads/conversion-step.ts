/** What a conversion means for the file that it was made of. */
import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import { TEXTS } from '../../texts/index.ts';
import { problemOfFailure } from '../problem.ts';
import type { FileStep } from './package.ts';
import { ProblemError } from './problem-error.ts';

/** The work of the service may be tried again after its own faults; what it says of a file stays true. */
const MAY_RETRY_CODES = new Set(['internal', 'unavailable', 'deadline-exceeded', 'aborted', 'data-loss', 'unknown']);

export class ConversionFailed extends ProblemError {
  readonly mayRetry: boolean;

  constructor({ failure, state }: Conversion) {
    const { problems } = TEXTS.uploads;
    super(
      failure
        ? problemOfFailure(failure)
        : { kind: 'refused', message: problems.neverArrived, reason: `CONVERSION_${state.toUpperCase()}` },
    );
    this.mayRetry = failure === undefined || MAY_RETRY_CODES.has(failure.code);
  }
}

/** Of one that is not over. */
export const stepOf = ({ state, phase }: Conversion): FileStep =>
  state === 'converting' ? { name: 'reading', phase } : { name: 'queued' };

export const isOver = ({ state }: Conversion): boolean =>
  state === 'completed' || state === 'partial' || state === 'failed' || state === 'expired';

export const doneStep = ({ result, children = [] }: Conversion, isReused: boolean): FileStep => ({
  name: 'done',
  pages: result?.pages ?? 0,
  pagesWithoutText: result?.pagesWithoutText.length ?? 0,
  isRecognised: result?.engine.endsWith('+ocr') ?? false,
  isReused,
  ...(children.length === 0 ? {} : { inside: children }),
});
