import { expect, test } from '@jest/globals';
import { readServiceConfig } from '../../../../../functions/src/config.ts';
import { USUAL_LIMITS } from '../../../../../hosting/src/views/start/usual-limits.ts';

const NOTHING_BUT_WHAT_IS_NEEDED = {
  GOOGLE_CLOUD_PROJECT: 'acme-prod',
  PROJECT_NUMBER: '123456789012',
  REGION: 'us-central1',
  UPLOADS_BUCKET: 'acme-uploads',
  PROCESSED_BUCKET: 'acme-processed',
  TASKS_SERVICE_ACCOUNT: 'tasks@acme-prod.iam.gserviceaccount.com',
};

test('What a stranger is told of limits and retention is what the service does when nothing else is set', () => {
  const { limits, retentionDays } = readServiceConfig(NOTHING_BUT_WHAT_IS_NEEDED);
  const { unpackedBytes: _, ...uploadLimits } = limits;
  expect(USUAL_LIMITS).toEqual({ retentionDays, uploadLimits });
});
