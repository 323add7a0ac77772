/** An upload as its client, Cloud Storage and the queue make it happen, one step at a time. */
import type { Principal } from '../../functions/src/contracts/account.ts';
import type { Conversion } from '../../functions/src/contracts/conversion.ts';
import type { OperationInput } from '../../functions/src/contracts/operations.ts';
import { OPERATIONS } from '../../functions/src/contracts/operations.ts';
import { createUpload } from '../../functions/src/pipeline/1-create-upload.ts';
import { claimUpload, type FinalizedObject } from '../../functions/src/pipeline/2-claim-upload.ts';
import { type ConvertOutcome, convertDocument } from '../../functions/src/pipeline/3-convert-document.ts';
import type { TestDeps } from './pipeline-deps.ts';

export const TRACE = { requestId: 'request-1', traceId: 'a'.repeat(32) };

export const principalOf = (orgId: string): Principal => ({
  uid: `user-${orgId}`,
  orgId,
  role: 'owner',
  anonymous: false,
});

export const callerOf = (orgId = 'org1') => ({ principal: principalOf(orgId), trace: TRACE });

export const SAMPLE = '# Scope\n\nThe Contractor shall deliver the report.';

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

export const askUpload = (
  deps: TestDeps,
  input: Partial<OperationInput<'createUpload'>> = {},
  orgId = 'org1',
): ReturnType<typeof createUpload> =>
  createUpload(
    deps,
    callerOf(orgId),
    OPERATIONS.createUpload.request.parse({
      fileName: 'Statement of Work.md',
      contentType: 'text/markdown',
      sizeBytes: bytesOf(SAMPLE).length,
      ...input,
    }),
  );

export const storedConversion = (deps: TestDeps, conversionId?: string): Conversion => {
  const found = deps.stored
    .conversions()
    .find((each) => conversionId === undefined || each.conversionId === conversionId);
  if (found === undefined) throw new Error('There is no such conversion.');
  return found;
};

/** The client's PUT; answers the event that follows. */
export const putUpload = (deps: TestDeps, conversionId: string, content: string | Uint8Array): FinalizedObject => {
  const { uploadObject, contentType } = storedConversion(deps, conversionId);
  return deps.memory.put({ bucket: 'uploads', object: uploadObject, bytes: bytesOf(content), contentType });
};

/** Asked for, uploaded and claimed: a conversion that waits for its task. */
export const queuedConversion = async (
  deps: TestDeps,
  input: Partial<OperationInput<'createUpload'>> = {},
  content: string | Uint8Array = SAMPLE,
): Promise<Conversion> => {
  const { conversionId } = await askUpload(deps, { sizeBytes: bytesOf(content).length, ...input });
  await claimUpload(deps, putUpload(deps, conversionId, content));
  return storedConversion(deps, conversionId);
};

/** Delivers the task convert-document that waits longest. */
export const runConversionTask = async (deps: TestDeps): Promise<ConvertOutcome> => {
  const task = deps.tasks.take((tasks) => tasks.find(({ queue }) => queue === 'convert-document'));
  if (task === undefined) throw new Error('No conversion waits in the queue.');
  return convertDocument(deps, task.payload as Parameters<typeof convertDocument>[1]);
};

/** Uploaded and converted. */
export const convertedConversion = async (
  deps: TestDeps,
  input: Partial<OperationInput<'createUpload'>> = {},
): Promise<Conversion> => {
  const { conversionId } = await queuedConversion(deps, input);
  await runConversionTask(deps);
  return storedConversion(deps, conversionId);
};
