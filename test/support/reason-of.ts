/** What a reader refuses a file with. */
import { AppError } from '../../functions/src/errors.ts';

/** The reason of the AppError that `action` throws; what else it throws, as text. */
export const reasonOf = (action: () => unknown): string => {
  try {
    action();
  } catch (thrown) {
    return thrown instanceof AppError ? thrown.reason : String(thrown);
  }
  return 'nothing thrown';
};
