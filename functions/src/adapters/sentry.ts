/** Errors nobody foresaw, to Sentry: what kind, where in the code, and which ids. Nothing of requests, documents or logs. */
import type { NodeClient } from '@sentry/google-cloud-serverless';
import { AppError } from '../errors.ts';
import type { ErrorReporter, Logger } from '../ports.ts';
import { errorFields } from './logger/error-fields.ts';

export interface SentryConfig {
  dsn: string;
  /** Told apart in Sentry: the project id. */
  environment: string;
  /** Name of the function. */
  serverName: string;
  /** Hears of it when Sentry itself cannot be used. */
  logger: Logger;
}

type Context = Parameters<ErrorReporter['report']>[1];

/** An AppError's text is ours; that of any other error may quote a document and is left out. */
const withoutForeignText = (thrown: unknown): Error => {
  const { error, stack_trace: stack } = errorFields(thrown);
  const shown = new Error(error.reason ?? 'not foreseen');
  shown.name = error.name;
  shown.stack = stack ?? `${shown.name}: ${shown.message}`;
  return shown;
};

/** Integrations that patch modules, listen to the process or read source files and requests are left out: `init` is not used. */
const openClient = async (config: SentryConfig): Promise<NodeClient> => {
  const sentry = await import('@sentry/google-cloud-serverless');
  const client = new sentry.NodeClient({
    dsn: config.dsn,
    environment: config.environment,
    serverName: config.serverName,
    sendDefaultPii: false,
    maxBreadcrumbs: 0,
    integrations: [],
    transport: sentry.makeNodeTransport,
    stackParser: sentry.defaultStackParser,
  });
  client.init();
  return client;
};

/** The library is loaded with the first error. */
export const createSentryReporter = (config: SentryConfig): ErrorReporter => {
  let opening: Promise<NodeClient> | undefined;
  const sending = new Set<Promise<void>>();

  const send = async (thrown: unknown, context: Context): Promise<void> => {
    opening ??= openClient(config);
    const client = await opening;
    const { Scope } = await import('@sentry/google-cloud-serverless');
    const scope = new Scope();
    for (const [name, value] of Object.entries(context)) if (value !== undefined) scope.setTag(name, value);
    if (thrown instanceof AppError) scope.setTag('reason', thrown.reason);
    client.captureException(withoutForeignText(thrown), {}, scope);
  };

  return {
    report(thrown, context) {
      const sent = send(thrown, context)
        .catch((error: unknown) => config.logger.error('An error could not be reported.', error))
        .finally(() => sending.delete(sent));
      sending.add(sent);
    },
    async flush(timeoutMs) {
      const timeUp = new Promise<void>((resolve) => void setTimeout(resolve, timeoutMs).unref());
      const sent = Promise.allSettled([...sending]).then(async () => void (await (await opening)?.flush(timeoutMs)));
      await Promise.race([sent, timeUp]).catch(() => undefined);
    },
  };
};

/** Where no Sentry is configured. */
export const createLoggingReporter = (logger: Logger): ErrorReporter => ({
  report: (thrown, { component, ...context }) =>
    logger.with(context).error('An error that nobody foresaw.', thrown, { component }),
  flush: () => Promise.resolve(),
});
