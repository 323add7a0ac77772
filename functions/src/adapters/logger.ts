/** Structured logs as Cloud Logging reads them from stdout: https://cloud.google.com/logging/docs/structured-logging */
import type { LogContext, Logger } from '../ports.ts';
import { allowedFields, shortened, wordOf } from './logger/allowed-fields.ts';
import { errorFields } from './logger/error-fields.ts';

export interface LoggerConfig {
  projectId: string;
  /** Takes one line without its end. */
  write: (line: string) => void;
  now: () => Date;
}

const PREFIX = 'logging.googleapis.com';

const contextFields = (projectId: string, context: LogContext): Record<string, unknown> => {
  const hasTrace = /^[0-9a-f]{32}$/.test(context.traceId ?? '');
  const labels = Object.entries(context.labels ?? {}).filter(
    ([name, value]) => wordOf(name) !== undefined && wordOf(value) !== undefined,
  );
  return {
    requestId: wordOf(context.requestId),
    [`${PREFIX}/trace`]: hasTrace ? `projects/${projectId}/traces/${context.traceId}` : undefined,
    [`${PREFIX}/spanId`]: /^[0-9a-f]{16}$/.test(context.spanId ?? '') ? context.spanId : undefined,
    [`${PREFIX}/trace_sampled`]: hasTrace ? context.traceSampled : undefined,
    [`${PREFIX}/labels`]: labels.length > 0 ? Object.fromEntries(labels) : undefined,
  };
};

export const createLogger = (config: LoggerConfig, context: LogContext = {}): Logger => {
  const carried = contextFields(config.projectId, context);
  const write = (severity: string, message: string, fields: Readonly<Record<string, unknown>>): void =>
    config.write(
      JSON.stringify({
        severity,
        message: shortened(message),
        time: config.now().toISOString(),
        ...carried,
        ...fields,
      }),
    );
  return {
    log: (severity, message, fields = {}) => write(severity, message, allowedFields(fields)),
    error: (message, thrown, fields = {}) =>
      write('ERROR', message, { ...allowedFields(fields), ...errorFields(thrown) }),
    with: (more) => createLogger(config, { ...context, ...more, labels: { ...context.labels, ...more.labels } }),
  };
};
