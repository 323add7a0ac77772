/** Every deployed function by its name, and what it does. Importing this starts them. */
import { cloudEvent, http } from '@google-cloud/functions-framework';
import { auditOperation } from './account/audit-operation.ts';
import { createRequestLimits } from './account/limit-requests.ts';
import { createPrincipalOf } from './account/principal-of.ts';
import { readServiceConfig } from './config.ts';
import type { QueueName } from './contracts/tasks.ts';
import { createDeps } from './deps.ts';
import { createApi } from './entry/api.ts';
import { createEventHandler } from './entry/event-handler.ts';
import { createScheduledHandler } from './entry/scheduled-handler.ts';
import { createTaskHandler } from './entry/task-handler.ts';
import { createHandlers, createTaskSteps } from './handlers.ts';
import { claimUpload } from './pipeline/2-claim-upload.ts';
import { sweep } from './pipeline/sweep/index.ts';

const deps = createDeps(readServiceConfig());
const steps = createTaskSteps(deps);
const taskHandler = <Q extends QueueName>(queue: Q) => createTaskHandler<Q>({ ...deps, ...steps[queue], queue });

/** What browsers and API clients call. */
http(
  'api',
  createApi({
    ...deps,
    ...createRequestLimits(deps),
    handlers: createHandlers(deps),
    principalOf: createPrincipalOf(deps),
    auditOperation: (done) => auditOperation(deps, done),
    verify: deps.identity.verify,
  }),
);

/** A finished upload: claims its conversion and enqueues it. */
cloudEvent(
  'on-upload',
  createEventHandler({ ...deps, claim: (upload, logger) => claimUpload({ ...deps, logger }, upload) }),
);

/** A function to each queue, by the queue's name. */
http('convert-document', taskHandler('convert-document'));
http('ocr-shard', taskHandler('ocr-shard'));
http('plan-run', taskHandler('plan-run'));
http('analyze-window', taskHandler('analyze-window'));
http('merge-analysis', taskHandler('merge-analysis'));

/** Every two minutes: finds work that was left behind. */
http('sweep', createScheduledHandler({ ...deps, name: 'sweep', run: (logger) => sweep({ ...deps, logger }) }));
