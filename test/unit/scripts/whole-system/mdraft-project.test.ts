import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readServiceConfig } from '../../../../functions/src/config.ts';
import { HANDLER_TIMEOUT_SECONDS, QUEUE_NAMES } from '../../../../functions/src/contracts/tasks.ts';
import { processesOf } from '../../../../scripts/local-cloud/local-project.ts';
import { choosePorts } from '../../../../scripts/local-cloud/ports.ts';
import { functionEnvironment } from '../../../../scripts/local-cloud/wiring.ts';
import { mdraftProject } from '../../../../scripts/whole-system/mdraft-project.ts';
import { readTerraform } from '../../../support/read-terraform.ts';

const project = mdraftProject({});
const terraform = await readTerraform(join(import.meta.dirname, '../../../../infra'));

test('The functions are those of infra/, with the same concurrency, timeouts and kinds of caller', () => {
  const { functions } = terraform.locals;
  expect(Object.keys(project.services).sort()).toEqual(Object.keys(functions).sort());
  for (const [name, service] of Object.entries(project.services)) {
    const { concurrency, timeout_seconds: timeoutSeconds, invoker } = functions[name];
    expect({ name, ...service }).toMatchObject({ name, concurrency, timeoutSeconds });
    const caller = invoker === 'allUsers' ? null : `call-${invoker}@${project.projectId}.iam.gserviceaccount.com`;
    expect(service.invoker).toBe(caller);
  }
});

test('Every queue has its function, which takes as many tasks as the queue sends and ends them in time', () => {
  expect(Object.keys(project.queues)).toEqual(QUEUE_NAMES);
  for (const name of QUEUE_NAMES) {
    const { concurrency = 0, instances = 0, timeoutSeconds } = project.services[name] ?? {};
    const sent = project.queues[name]?.rateLimits?.maxConcurrentDispatches;
    expect(sent).toBeLessThanOrEqual(concurrency * instances);
    expect(timeoutSeconds).toBe(HANDLER_TIMEOUT_SECONDS[name]);
  }
});

test('The buckets let a page do what infra/ lets it do, from the pages of this machine only', () => {
  const origins = ['http://127.0.0.1:5000'];
  const { buckets } = terraform.locals;
  for (const bucket of project.buckets(origins)) {
    const { methods, headers } = buckets[bucket.name.replace(`${project.projectId}-`, '')];
    const [cors] = bucket.cors ?? [];
    expect(cors?.origin).toEqual(origins);
    expect(cors?.method).toEqual(methods);
    expect([...(cors?.responseHeader ?? [])].sort()).toEqual([...headers].sort());
  }
});

test('The sweep is called as often as Cloud Scheduler calls it', () => {
  const { schedule } = terraform.resources.google_cloud_scheduler_job?.sweep ?? {};
  expect(schedule).toBe(`*/${project.schedule.everySeconds / 60} * * * *`);
});

test('The functions get every stand-in, and a model and its key when the person names them', async () => {
  const given = { MODEL_PROVIDER: 'openai-compatible', MODEL_NAME: 'm', MODEL_BASE_URL: 'http://127.0.0.1:1/v1' };
  const withModel = mdraftProject({ ...given, MODEL_API_KEY: 'secret', GOOGLE_CLOUD_PROJECT: 'acme-prod' });
  const ports = await choosePorts('any');
  const addresses = {
    ports,
    metadataHost: `127.0.0.1:${ports.metadata}`,
    signEndpoint: `http://127.0.0.1:${ports.metadata}/v1/projects/-/serviceAccounts/`,
    sentryDsn: `http://local@127.0.0.1:${ports.sentry}/1`,
  };
  const environment = functionEnvironment(withModel, addresses);
  expect(Object.values(environment)).not.toContain('secret');
  expect(withModel.secrets).toEqual({ 'model-api-key': 'secret' });
  const config = readServiceConfig(environment);
  expect(config.projectId).toBe('demo-mdraft');
  expect(config.model).toEqual({
    provider: 'openai-compatible',
    model: 'm',
    baseUrl: given.MODEL_BASE_URL,
    apiKeySecret: 'model-api-key',
  });
  expect(Object.values(config.endpoints)).not.toContain(undefined);
  expect(config.serviceUrl('api')).toBe(`http://127.0.0.1:${ports.functions}/api`);
});

test('Each function runs in one process, and what computes for long in another than what a person waits for', () => {
  const processes = processesOf(project);
  expect(processes.flat().sort()).toEqual(Object.keys(project.services).sort());
  const beside = processes.find((names) => names.includes('api'));
  for (const name of ['plan-run', 'analyze-window', 'merge-analysis']) expect(beside).not.toContain(name);
});

test('A run has few windows under way while rules do the work, as many as in the cloud with a model, and as the person says', () => {
  const inFlight = (environment: Record<string, string>): string | undefined =>
    mdraftProject(environment).environment.WINDOWS_IN_FLIGHT;
  expect([inFlight({}), inFlight({ MODEL_PROVIDER: 'none' }), inFlight({ MODEL_PROVIDER: '' })]).toEqual([
    '2',
    '2',
    '2',
  ]);
  expect(inFlight({ MODEL_PROVIDER: 'vertex' })).toBeUndefined();
  expect(inFlight({ WINDOWS_IN_FLIGHT: '7' })).toBe('7');
});
