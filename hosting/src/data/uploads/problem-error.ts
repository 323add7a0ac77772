import { type Problem, problemOf } from '../problem.ts';

/** A problem that was found here and not by the service, on its way to where it is shown. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export const problemIn = (thrown: unknown): Problem =>
  thrown instanceof ProblemError ? thrown.problem : problemOf(thrown);
