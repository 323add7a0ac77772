import { TEXTS } from '../../texts/index.ts';
import { ConversionFailed } from './conversion-step.ts';
import type { FileUpload } from './package.ts';
import { problemIn } from './problem-error.ts';

const isUnreadable = (thrown: unknown): boolean =>
  thrown instanceof DOMException && (thrown.name === 'NotReadableError' || thrown.name === 'NotFoundError');

export const failureOf = (thrown: unknown): Extract<FileUpload['step'], { name: 'failed' }> => {
  if (isUnreadable(thrown)) {
    const message = TEXTS.uploads.problems.unreadable;
    return { name: 'failed', problem: { kind: 'refused', message, reason: 'FILE_UNREADABLE' }, mayRetry: false };
  }
  const problem = problemIn(thrown);
  const mayRetry = thrown instanceof ConversionFailed ? thrown.mayRetry : problem.kind !== 'refused';
  return { name: 'failed', problem, mayRetry };
};
