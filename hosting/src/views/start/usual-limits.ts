/** What holds where nothing else is set, for those of whom no account is known yet: the defaults of functions/src/config.ts. */
import type { Account } from '../../data/account.ts';

const MEGABYTE = 1024 * 1024;

export const USUAL_LIMITS: Pick<Account, 'retentionDays' | 'uploadLimits'> = {
  retentionDays: 30,
  uploadLimits: {
    pdfBytes: 25 * MEGABYTE,
    officeBytes: 20 * MEGABYTE,
    textBytes: 5 * MEGABYTE,
    otherBytes: 10 * MEGABYTE,
  },
};
