/** What every API operation and every task does. A missing one is a type error. */
import { showAccount } from './account/show-account.ts';
import type { Handlers } from './contracts/operations.ts';
import type { QueueName } from './contracts/tasks.ts';
import type { Trace } from './contracts/work.ts';
import type { TaskStep } from './entry/task-handler.ts';
import { createUpload } from './pipeline/1-create-upload.ts';
import { recogniseShard, recogniseShardFailed } from './pipeline/3-convert-document/ocr-shard.ts';
import { convertDocument, convertDocumentFailed } from './pipeline/3-convert-document.ts';
import { planRunFailed, planRunStep } from './pipeline/5-plan-run.ts';
import { startAnalysis } from './pipeline/5-start-analysis.ts';
import { analyzeWindowFailed, analyzeWindowStep } from './pipeline/6-analyze-window.ts';
import { mergeAnalysisFailed, mergeAnalysisStep } from './pipeline/7-merge-analysis.ts';
import {
  deleteConversion,
  getConversion,
  getDownloadUrl,
  listConversions,
  openDocument,
} from './pipeline/8-serve-results/conversions.ts';
import { exportRun, getLedger } from './pipeline/8-serve-results/exports.ts';
import { listFindings } from './pipeline/8-serve-results/findings.ts';
import { retryRun } from './pipeline/8-serve-results/retry-run.ts';
import { listRows } from './pipeline/8-serve-results/rows.ts';
import { cancelRun, getRun, listRuns } from './pipeline/8-serve-results/runs.ts';
import type { PipelineDeps } from './pipeline/pipeline-deps.ts';

/** `version`: of the package that is deployed. */
export const createHandlers = (all: PipelineDeps & { version: string }): Handlers => {
  /** Its lines carry the ids of the request. */
  const deps = ({ trace }: { trace: Trace }): PipelineDeps => ({ ...all, logger: all.logger.with(trace) });
  return {
    health: async () => ({ status: 'ok', version: all.version }),
    getAccount: async ({ principal }) => ({ account: showAccount(principal, all.settings) }),
    createUpload: (caller, request) => createUpload(deps(caller), caller, request),
    getConversion: (caller, request) => getConversion(deps(caller), caller, request),
    listConversions: (caller, request) => listConversions(deps(caller), caller, request),
    openDocument: (caller, request) => openDocument(deps(caller), caller, request),
    getDownloadUrl: (caller, request) => getDownloadUrl(deps(caller), caller, request),
    deleteConversion: (caller, request) => deleteConversion(deps(caller), caller, request),
    startAnalysis: (caller, request) => startAnalysis(deps(caller), caller, request),
    listRuns: (caller, request) => listRuns(deps(caller), caller, request),
    getRun: (caller, request) => getRun(deps(caller), caller, request),
    listRows: (caller, request) => listRows(deps(caller), caller, request),
    listFindings: (caller, request) => listFindings(deps(caller), caller, request),
    getLedger: (caller, request) => getLedger(deps(caller), caller, request),
    retryRun: (caller, request) => retryRun(deps(caller), caller, request),
    cancelRun: (caller, request) => cancelRun(deps(caller), caller, request),
    exportRun: (caller, request) => exportRun(deps(caller), caller, request),
  };
};

/** `fail`: what becomes of the work whose `run` threw. */
export type TaskSteps = { [Q in QueueName]: TaskStep<Q> };

export const createTaskSteps = (all: PipelineDeps): TaskSteps => {
  /** Its lines carry the ids of the request that began the work. */
  const deps = (logger = all.logger): PipelineDeps => ({ ...all, logger });
  return {
    'convert-document': {
      run: (payload, deliveries, logger) => convertDocument(deps(logger), payload, deliveries),
      fail: (payload, error, deliveries, logger) => convertDocumentFailed(deps(logger), payload, error, deliveries),
    },
    'ocr-shard': {
      run: (payload, deliveries, logger) => recogniseShard(deps(logger), payload, deliveries),
      fail: (payload, error, deliveries, logger) => recogniseShardFailed(deps(logger), payload, error, deliveries),
    },
    'plan-run': {
      run: (payload, deliveries, logger) => planRunStep(deps(logger), payload, deliveries),
      fail: (payload, error, deliveries, logger) => planRunFailed(deps(logger), payload, error, deliveries),
    },
    'analyze-window': {
      run: (payload, deliveries, logger) => analyzeWindowStep(deps(logger), payload, deliveries),
      fail: (payload, error, deliveries, logger) => analyzeWindowFailed(deps(logger), payload, error, deliveries),
    },
    'merge-analysis': {
      run: (payload, deliveries, logger) => mergeAnalysisStep(deps(logger), payload, deliveries),
      fail: (payload, error, deliveries, logger) => mergeAnalysisFailed(deps(logger), payload, error, deliveries),
    },
  };
};
