/** A package after a reload: what is kept of it and what the service knows of its documents, put together again. */
import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import { TEXTS } from '../../texts/index.ts';
import { ConversionFailed, doneStep, stepOf } from './conversion-step.ts';
import type { KeptFile, KeptPackage } from './kept-packages.ts';
import type { FileStep, FileUpload, Package } from './package.ts';

const { problems, list } = TEXTS.uploads;

const lost: FileStep = {
  name: 'lost',
  problem: { kind: 'refused', message: problems.notUploaded, reason: 'FILE_NOT_UPLOADED' },
};

const keptStep = (conversion: Conversion, { hasArrived }: KeptFile): FileStep => {
  if (conversion.result !== undefined) return doneStep(conversion, false);
  if (conversion.state === 'failed') {
    const { problem, mayRetry } = new ConversionFailed(conversion);
    // The page has the file no more: for another try it has to be dropped again.
    return mayRetry ? { name: 'lost', problem } : { name: 'failed', problem, mayRetry };
  }
  if (conversion.state === 'expired') return lost;
  return conversion.state === 'awaiting_upload' && !hasArrived ? lost : stepOf(conversion);
};

export const keptFileOf = (kept: KeptFile, conversion: Conversion | undefined): FileUpload => {
  const { fileId, conversionId, hasArrived, refused } = kept;
  const file = { fileId, ...(conversionId === undefined ? {} : { conversionId }) };
  if (conversion !== undefined) {
    const { fileName, maxBytes } = conversion;
    return { ...file, fileName, sizeBytes: maxBytes, step: keptStep(conversion, kept) };
  }
  const unnamed = { ...file, fileName: list.unnamed, sizeBytes: 0 };
  if (refused !== undefined) {
    const problem = { kind: 'refused', message: problems.refusedBefore, reason: refused } as const;
    return { ...unnamed, step: { name: 'failed', problem, mayRetry: false } };
  }
  return { ...unnamed, step: hasArrived ? { name: 'queued' } : lost };
};

export const keptPackageOf = (kept: KeptPackage, conversions: readonly Conversion[]): Package => ({
  packageId: kept.packageId,
  isSample: kept.isSample,
  files: kept.files.map((file) =>
    keptFileOf(
      file,
      conversions.find(({ conversionId }) => conversionId === file.conversionId),
    ),
  ),
  analysis: kept.runId === undefined ? { name: 'waiting' } : { name: 'asking' },
});

interface KeptJob {
  isOneFile: boolean;
  idempotencyKey: string;
  begunAt: number;
}

interface KeptFileJob {
  mark: string;
  hasArrived: boolean;
}

/** What is kept of a package; null when no reload could lose anything of it. */
export const keptOf = (
  { packageId, isSample, files, analysis }: Package,
  { isOneFile, idempotencyKey, begunAt }: KeptJob,
  jobOf: (fileId: string) => KeptFileJob | undefined,
): KeptPackage | null => {
  const isNothing = files.every(({ step }) => step.name === 'failed' || step.name === 'duplicate');
  if (analysis.name === 'waiting' && isNothing) return null;
  const kept = files.flatMap(({ fileId, conversionId, step }): KeptFile[] => {
    const job = jobOf(fileId);
    if (job === undefined || step.name === 'same') return [];
    const isRefused = step.name === 'failed' && !step.mayRetry;
    return [
      {
        fileId,
        mark: job.mark,
        ...(conversionId === undefined ? {} : { conversionId }),
        hasArrived: job.hasArrived || step.name === 'done',
        ...(isRefused ? { refused: step.problem.reason } : {}),
      },
    ];
  });
  const runId = 'runId' in analysis ? analysis.runId : undefined;
  const run = runId === undefined ? {} : { runId };
  return { packageId, isSample, isOneFile, analysisKey: idempotencyKey, begunAt, ...run, files: kept };
};
